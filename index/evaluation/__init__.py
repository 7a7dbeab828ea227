"""Measuring how well questions are answered, on questions whose answers are known."""
