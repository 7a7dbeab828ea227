"""Where generations of the index are kept: on disk or in Milvus."""
