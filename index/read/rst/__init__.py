"""reStructuredText, as docutils and Sphinx show it."""
