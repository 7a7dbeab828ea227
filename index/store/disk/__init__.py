"""Generations as files in the data folder."""
