"""Whether a sentence follows from quoted sentences: checks that need no model, and a small model beside them."""
