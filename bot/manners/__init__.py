"""How the bot behaves among people: what it takes for a question, whom it answers, and when it is quiet."""
