"""Counters and their labels, which every part of the bot writes to."""
