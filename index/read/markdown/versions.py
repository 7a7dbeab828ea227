"""What Sphinx's directives about versions say."""

from __future__ import annotations


def of_versions(words: str, argument: str) -> tuple[str, str]:
    """Return `words` with the versions that a directive's argument begins with in its places, and what follows them."""
    count = words.count("{}")
    given = argument.split(None, count)
    versions = [*given[:count], *[""] * (count - len(given))]
    return words.format(*versions), "".join(given[count:])
