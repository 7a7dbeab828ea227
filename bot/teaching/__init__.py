"""What managers teach: which passage answers a question, which does not, and notes that go with passages."""
