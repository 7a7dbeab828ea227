"""Where documents come from: the documents folder, and what people add to it from Discord."""
