"""The index in Milvus: generations as collections, and an alias that names the one in use.

Nothing here is imported unless the settings ask for it: pymilvus comes with an extra.
"""
