"""Markdown in the dialects of the sites that use it, and MDX."""
