"""The layout of a generation on disk: the names of its files, and the tables of its documents."""

from __future__ import annotations

FORMAT = 6
"""Raise this when generations written before can no longer be read; such an index is built anew."""

DOCUMENTS = "documents.sqlite"
PASSAGES = "passages.faiss"
SENTENCES = "sentences.npy"
LEXICAL = "lexical"

TABLES = """
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,      -- in the order of sources, from 0
    number INTEGER NOT NULL,     -- what the lexical index calls it: stays the same while the document does
    first_row INTEGER NOT NULL,  -- the row of its first passage, and
    first_sentence INTEGER NOT NULL, -- that of its first sentence's vector: the next free ones, where it has none
    source TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    url TEXT,
    sha256 TEXT NOT NULL,        -- of the file's bytes
    language TEXT NOT NULL,      -- ISO 639-1
    date TEXT,                   -- of the last change, ISO 8601, where it is known: a commit's with its time
    version TEXT,                -- the version that it is of, where it is known
    sections TEXT NOT NULL,      -- JSON: the heading paths that blocks and passages point into
    text TEXT NOT NULL,          -- what is long comes last: SQLite reads through all that stands before what is asked
    places BLOB NOT NULL,        -- int32 (n, 3): offset, line, page or 0
    blocks BLOB NOT NULL,        -- int32 (n, 6): kind, start, end, line, page or 0, section
    checksum BLOB NOT NULL       -- of all these from the source on, in this order: see `index/store/checksum.py`
) STRICT;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,     -- the row of its vector, from 0
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    section INTEGER NOT NULL,
    page INTEGER,
    first_line INTEGER NOT NULL,
    last_line INTEGER NOT NULL,
    sentences BLOB NOT NULL,     -- int32 (n, 3): start, end, kind
    first_sentence INTEGER NOT NULL, -- the row of the vector of its first sentence; the others follow
    key BLOB NOT NULL            -- what its vectors depend on, hashed
) STRICT;
"""

INDICES = """
CREATE INDEX passages_document ON passages (document);
CREATE INDEX passages_key ON passages (key);
"""
