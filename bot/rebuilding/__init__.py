"""Bringing the index up to date, at the start and while the bot answers."""
