"""Answering the questions of many people at once: queue, limits, standby."""
