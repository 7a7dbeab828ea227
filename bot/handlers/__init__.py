"""The application commands, one noun a file; each file has `register`, which puts its commands into a tree."""
