"""What is watched of a bot that runs, and told to those who look after it: health and metrics."""
