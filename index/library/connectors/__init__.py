"""Connectors: documents that are kept elsewhere, fetched into folders of the library."""
