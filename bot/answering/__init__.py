"""Where many people's questions are answered at once."""
