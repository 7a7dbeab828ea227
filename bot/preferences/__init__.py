"""What managers set for their server: stored values, and what is in force with those of the environment."""
