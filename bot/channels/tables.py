"""The tables in which it is kept what was read of channels."""

from __future__ import annotations

TABLES = """
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS channels (
    channel INTEGER PRIMARY KEY,
    server INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    checkpoint INTEGER NOT NULL DEFAULT 0, -- the message up to which it was read in order
    complete INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS reads (
    channel INTEGER PRIMARY KEY,
    reads TEXT NOT NULL    -- what is read of it, where that is not the default
) STRICT;
CREATE TABLE IF NOT EXISTS versions (
    channel INTEGER PRIMARY KEY, -- one that is read
    version INTEGER NOT NULL     -- when it was added, in ns
) STRICT;
CREATE TABLE IF NOT EXISTS notices (
    channel INTEGER PRIMARY KEY -- where it was said that threads are read, too
) STRICT;
CREATE TABLE IF NOT EXISTS threads (
    thread INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    title TEXT NOT NULL,
    checkpoint INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS owners (
    thread INTEGER PRIMARY KEY,
    author BLOB NOT NULL   -- who opened it and wrote its title: keyed hash; while something in it is quoted
) STRICT;
CREATE TABLE IF NOT EXISTS messages (
    message INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    place TEXT NOT NULL,   -- the document: a thread's id, a day, or a message's own
    author BLOB NOT NULL,  -- keyed hash
    by TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS messages_place ON messages (channel, place);
CREATE INDEX IF NOT EXISTS messages_channel ON messages (channel); -- by time as well, for a message's id is the row's
CREATE INDEX IF NOT EXISTS messages_author ON messages (author);
CREATE TRIGGER IF NOT EXISTS unquoted AFTER DELETE ON messages
WHEN NOT EXISTS (SELECT 1 FROM messages WHERE channel = OLD.channel AND place = OLD.place) BEGIN
    UPDATE threads SET title = '' WHERE thread = CAST(OLD.place AS INTEGER) AND CAST(thread AS TEXT) = OLD.place;
    DELETE FROM owners WHERE thread = CAST(OLD.place AS INTEGER) AND CAST(thread AS TEXT) = OLD.place;
END;
CREATE TABLE IF NOT EXISTS changed (
    channel INTEGER NOT NULL,
    place TEXT NOT NULL,   -- a document that is still to be written
    PRIMARY KEY (channel, place)
) STRICT;
CREATE TABLE IF NOT EXISTS erased (
    channel INTEGER NOT NULL,
    place TEXT NOT NULL,   -- one of those, which is to hold less than before
    PRIMARY KEY (channel, place)
) STRICT;
CREATE TABLE IF NOT EXISTS failures (
    channel INTEGER PRIMARY KEY,
    reason TEXT NOT NULL   -- why it could not be read when that was tried last
) STRICT;
CREATE TABLE IF NOT EXISTS forgotten (
    author BLOB PRIMARY KEY -- who does not want to be read
) STRICT;
"""
