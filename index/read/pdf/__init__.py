"""PDF, by where its words stand on the page."""
