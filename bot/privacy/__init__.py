"""What is kept about people, and how it is removed: journal, votes, pseudonyms."""
