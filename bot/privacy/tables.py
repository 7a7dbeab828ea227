"""The tables of the journal, and how a person's rows, and old ones, are removed from all of them."""

from __future__ import annotations

import sqlite3

TABLES = """
CREATE TABLE IF NOT EXISTS questions (
    time REAL NOT NULL,      -- seconds since 1970
    person BLOB NOT NULL,    -- who asked: keyed hash of the id, as the others are
    author BLOB NOT NULL,    -- who wrote the question: for "Answer this" that may be somebody else
    channel BLOB,            -- whose readers read it; none where the answer was for whoever asked alone
    server BLOB,             -- none in private messages
    key BLOB NOT NULL,       -- what votes know the question by
    question TEXT NOT NULL,
    quotes TEXT NOT NULL,    -- JSON: [source, start, end] of each quote that was shown
    confidence REAL NOT NULL,
    answered INTEGER NOT NULL
) STRICT;
DROP INDEX IF EXISTS questions_time; -- of earlier versions, as the next two
DROP INDEX IF EXISTS questions_moment;
DROP INDEX IF EXISTS questions_key;
CREATE INDEX IF NOT EXISTS questions_by_time ON questions (time, answered, server);
CREATE INDEX IF NOT EXISTS questions_person ON questions (person);
CREATE INDEX IF NOT EXISTS questions_author ON questions (author);
CREATE INDEX IF NOT EXISTS questions_by_key ON questions (key, person, author, time, answered, server, channel);

CREATE TABLE IF NOT EXISTS vectors (
    key BLOB PRIMARY KEY,    -- of the question
    model TEXT NOT NULL,     -- the fingerprint of the model
    vector BLOB NOT NULL     -- float16
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS closed (
    key BLOB PRIMARY KEY,    -- of a question that was asked in vain
    time REAL NOT NULL       -- when a build answered it
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS tried (
    key BLOB PRIMARY KEY,    -- of a question that was asked in vain
    time REAL NOT NULL       -- when it was last asked again after a build
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS unasked (
    time REAL NOT NULL,
    author BLOB NOT NULL,
    question TEXT NOT NULL,  -- what nobody put to the bot, and it found nothing for
    key BLOB,                -- of the question; its words in rows of earlier versions
    server BLOB,             -- it was said in; none in rows of earlier versions
    channel BLOB             -- whose readers read it; none in rows of earlier versions
) STRICT;
CREATE TABLE IF NOT EXISTS unasked_counts (
    day INTEGER NOT NULL,    -- days since 1970
    server BLOB NOT NULL,    -- empty where an earlier version has counted
    count INTEGER NOT NULL,
    PRIMARY KEY (day, server)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS waiting (
    channel INTEGER NOT NULL, -- where to tell: these are real ids, kept until the person has been told
    message INTEGER NOT NULL, -- the answer whose button was pressed; 0 in private
    person BLOB NOT NULL,
    key BLOB NOT NULL,
    time REAL NOT NULL,
    server INTEGER,
    parent INTEGER,           -- the channel that a thread is in
    asked TEXT NOT NULL,      -- JSON: the question, the turns before it (role, words, whose), its source, the language
    told INTEGER NOT NULL DEFAULT 0, -- while the message is on its way: the last one there before it, or 1
    PRIMARY KEY (channel, message, key, person)
) STRICT;

CREATE TABLE IF NOT EXISTS shown (
    message INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL,
    server INTEGER,
    parent INTEGER,
    person BLOB NOT NULL,
    author BLOB NOT NULL,
    time REAL NOT NULL,
    generation TEXT NOT NULL, -- of the index
    quotes TEXT NOT NULL      -- JSON: [source, start, end, reference] of each quote on the card
) STRICT;
CREATE INDEX IF NOT EXISTS shown_time ON shown (time);

CREATE TABLE IF NOT EXISTS exchanges (
    question INTEGER PRIMARY KEY, -- the message that asked: these are real ids, to find the answer again
    channel INTEGER NOT NULL,     -- of the answer
    answer INTEGER NOT NULL,
    person BLOB NOT NULL,
    time REAL NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL       -- up to which generation, or week, something has been done
) STRICT, WITHOUT ROWID;
"""

_PEOPLE = ("person", "author")
_DERIVED = ("vectors", "closed", "tried")
"""Tables of what follows from questions: a row goes with the last question of its key."""

_AFTER_THEIRS = """
    SELECT 1 FROM json_each(waiting.asked, '$[1]') AS turn WHERE json_extract(turn.value, '$[0]') = 'user'
    AND coalesce(json_extract(turn.value, '$[2]'), lower(hex(:who))) = lower(hex(:who))
"""

_DAY = 86_400.0


_TAKEN_OVER = """
CREATE TABLE IF NOT EXISTS unasked_days (day INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO unasked_counts SELECT day, x'', count FROM unasked_days;
DROP TABLE unasked_days;
"""


def prepare(database: sqlite3.Connection) -> None:
    """Create the tables that are missing, and bring those of earlier versions up to date."""
    database.executescript(TABLES)
    there = _columns(database)
    for column in {"key", "server", "channel"} - there["unasked"]:
        database.execute(f"ALTER TABLE unasked ADD COLUMN {column} BLOB")
    database.execute("UPDATE unasked SET key = CAST(question AS BLOB) WHERE key IS NULL")
    if "unasked_days" in there:
        database.executescript(_TAKEN_OVER)


def forget(database: sqlite3.Connection, who: bytes) -> dict[str, int]:
    """Remove a person's rows from every table; return how many there were, by table.

    Who waits for an answer to that person's words, which nobody else has asked, waits no longer; nor who asked after
    words of that person's, or after words of which it is not known whose they are.
    """
    removed = {}
    database.execute("CREATE TEMP TABLE IF NOT EXISTS theirs (key BLOB PRIMARY KEY) WITHOUT ROWID")
    theirs = "SELECT key FROM questions WHERE person = :who OR author = :who"
    database.execute(f"INSERT OR IGNORE INTO theirs {theirs}", {"who": who})
    for table, columns in _columns(database).items():
        marks = [f"{column} = :who" for column in _PEOPLE if column in columns]
        if marks:
            deletion = f"DELETE FROM {table} WHERE {' OR '.join(marks)}"  # noqa: S608 -- our own words
            removed[table] = database.execute(deletion, {"who": who}).rowcount
    unknown = "key IN (SELECT key FROM theirs) AND key NOT IN (SELECT key FROM questions)"
    database.execute(f"DELETE FROM waiting WHERE {unknown}")  # noqa: S608 -- our own words
    database.execute(f"DELETE FROM waiting WHERE EXISTS ({_AFTER_THEIRS})", {"who": who})  # noqa: S608 -- our own words
    database.execute("DELETE FROM theirs")
    _without_orphans(database)
    return removed


def prune(database: sqlite3.Connection, oldest: float, now: float, oldest_card: float) -> int:
    """Remove rows that are older than `oldest`, or that a clock more than a day ahead has written.

    Cards have a limit of their own, `oldest_card`. Return how many rows there were.
    """
    removed = 0
    for table, columns in _columns(database).items():
        since = oldest_card if table == "shown" else oldest
        if "time" in columns:
            deletion = f"DELETE FROM {table} WHERE time < ? OR time > ?"  # noqa: S608
            removed += database.execute(deletion, (since, now + _DAY)).rowcount
        elif "day" in columns:
            deletion = f"DELETE FROM {table} WHERE day < ? OR day > ?"  # noqa: S608
            removed += database.execute(deletion, (oldest // _DAY, now // _DAY + 1)).rowcount
    return removed + _without_orphans(database)


def _without_orphans(database: sqlite3.Connection) -> int:
    known = "SELECT key FROM questions UNION SELECT key FROM unasked WHERE key IS NOT NULL"
    deletions = (f"DELETE FROM {table} WHERE key NOT IN ({known})" for table in _DERIVED)  # noqa: S608
    return sum(database.execute(deletion).rowcount for deletion in deletions)


def _columns(database: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the columns of each table that is there."""
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: {row[1] for row in database.execute(f"PRAGMA table_info({name})")} for name in names}
