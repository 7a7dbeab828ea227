"""Sites that are made of a folder of pages: their addresses, read from the files that configure them."""
