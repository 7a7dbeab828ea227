"""Text in pictures, where it is asked for: RapidOCR with the models from its wheel, and what its lines make."""
