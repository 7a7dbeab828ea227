"""`quoth mcp`: other assistants quote from the same index, over the Model Context Protocol."""
