"""The layout of a generation in Milvus: three collections, and aliases for what is in use.

| name | what |
| --- | --- |
| `quoth_000012_0123456789ab` | a row for each passage: its vector, its words and the vectors of its sentences |
| `quoth_000012_0123456789ab_texts` | the manifest, the list of sources and the documents, in pieces |
| `quoth_000012_0123456789ab_words` | for each term, how many passages of each document it is in |
| `quoth_current` | an alias: the generation in use |
| `quoth_left_000013` | an alias: a generation that was rolled back |
| `quoth_lock` | an alias: the running build |
"""

from __future__ import annotations

import re
from typing import Any

from index.store.milvus.driver import DataType, Function, FunctionType, MilvusClient
from index.store.milvus.pieces import LONGEST
from index.store.shelf import SEAL_LENGTH

CURRENT = "quoth_current"
LEFT = "quoth_left_"
LOCK = "quoth_lock"
TEXTS, WORDS = "_texts", "_words"
MANIFEST, SOURCES, DOCUMENT = "manifest", "sources", "document"
"""What a piece of text belongs to."""

ROWS = 500
"""Rows to send or fetch at once."""

_NAME = re.compile(rf"quoth_(\d{{6,}})_([0-9a-f]{{{SEAL_LENGTH}}})")
_PART = re.compile(rf"({_NAME.pattern})({TEXTS}|{WORDS})")
_LONGEST_TERM = 512
_MOST_SENTENCES = 4096
_EXACT = 100_000
"""Up to how many passages search is exact; above, a graph is searched."""

NO_VECTOR = {"nothing": [1.0, 0.0]}
"""Every collection needs a vector."""


def collection(name: str) -> str:
    """Return the collection of a generation's passages."""
    return f"quoth_{name.replace('-', '_')}"


def generation_in(name: str) -> str | None:
    """Return the name of the generation whose passages a collection holds, or None."""
    named = _NAME.fullmatch(name)
    return f"{named[1]}-{named[2]}" if named else None


def whole_of(name: str) -> str | None:
    """Return the passages' collection that a collection of texts or words belongs to."""
    named = _PART.fullmatch(name)
    return named[1] if named else None


def passages(dimension: int) -> Any:
    """Return the schema of passages: BM25 is Milvus's own, over stems."""
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("document", DataType.INT64)
    analyzer = {"tokenizer": "standard", "filter": ["lowercase"]}
    schema.add_field("words", DataType.VARCHAR, max_length=LONGEST, enable_analyzer=True, analyzer_params=analyzer)
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("told", DataType.VARCHAR, max_length=LONGEST)
    schema.add_field(
        "sentences",
        DataType.ARRAY,
        element_type=DataType.VARCHAR,
        max_capacity=_MOST_SENTENCES,
        max_length=min(4 * -(-2 * dimension // 3), LONGEST),
    )
    bm25 = Function(
        name="bm25", function_type=FunctionType.BM25, input_field_names=["words"], output_field_names=["sparse"]
    )
    schema.add_function(bm25)
    return schema


def indices_of_passages(count: int) -> Any:
    """Return the indices for searching `count` passages."""
    indices = MilvusClient.prepare_index_params()
    if count <= _EXACT:
        indices.add_index("vector", index_type="FLAT", metric_type="IP")
    else:
        graph = {"M": 16, "efConstruction": 200}
        indices.add_index("vector", index_type="HNSW", metric_type="IP", params=graph)
    weights = {"bm25_k1": 1.2, "bm25_b": 0.75}
    indices.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=weights)
    indices.add_index("document", index_type="INVERTED")
    return indices


def searching(count: int) -> dict[str, Any]:
    """Return the parameters of a search by vector among `count` passages."""
    return {"metric_type": "IP", **({} if count <= _EXACT else {"params": {"ef": 256}})}


def texts() -> Any:
    """Return the schema of texts: pieces of the manifest, of the list of sources and of documents."""
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("part", DataType.VARCHAR, max_length=16)
    schema.add_field("document", DataType.INT64)
    schema.add_field("piece", DataType.INT64)
    schema.add_field("data", DataType.VARCHAR, max_length=LONGEST)
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
    return schema


def words() -> Any:
    """Return the schema of words: `documents` is int32 (n, 2), document and passages in it, in Base64, in pieces."""
    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("term", DataType.VARCHAR, max_length=_LONGEST_TERM)
    schema.add_field("piece", DataType.INT64)
    schema.add_field("passages", DataType.INT64)
    schema.add_field("documents", DataType.VARCHAR, max_length=LONGEST)
    schema.add_field("nothing", DataType.FLOAT_VECTOR, dim=2)
    return schema


def indices(*fields: str) -> Any:
    """Return indices on `fields`, and the one that every vector field needs."""
    parameters = MilvusClient.prepare_index_params()
    parameters.add_index("nothing", index_type="FLAT", metric_type="IP")
    for field in fields:
        parameters.add_index(field, index_type="INVERTED")
    return parameters
