"""What people meet: settings, the command line, the terminal, and Discord."""
