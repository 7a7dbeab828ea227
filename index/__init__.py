"""From a folder of documents to verbatim quotes: read, split, encode, store, search, quote, answer.

Nothing in here knows of Discord, of the terminal or of the environment; everything is handed in as values.
"""
