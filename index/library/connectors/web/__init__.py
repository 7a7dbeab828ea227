"""Documents from a web site: what its sitemap lists, or what its start page leads to."""
