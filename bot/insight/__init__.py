"""What is asked, asked in vain and disliked, read from the journal."""
