"""Acts as people do: what they type and click, what their client lets them, and what they see."""
