"""What the command line prints: text and progress."""
