"""Channels of the home servers among the documents: what of them is kept, and how it becomes documents."""
