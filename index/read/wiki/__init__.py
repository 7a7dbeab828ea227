"""MediaWiki's markup and exports."""
