"""Who may see and manage what."""
