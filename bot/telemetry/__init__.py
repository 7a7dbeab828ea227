"""Counters and their labels, which every part writes to."""
