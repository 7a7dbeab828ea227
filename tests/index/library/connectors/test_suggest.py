"""What a connector for a web address is called, and whether there is one already."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library.connectors.config import parsed
from index.library.connectors.suggest import is_same_site, name_for, web_table

SITE = "https://docs.example.org/guide/"


@pytest.mark.parametrize(
    ("known", "address", "is_same"),
    [
        (SITE, "https://docs.example.org/guide", True),
        (SITE, "HTTPS://Docs.Example.org:443/guide/#top", True),
        (SITE, "http://docs.example.org/guide/index.html?utm_source=x", True),
        (SITE, "https://docs.example.org/guide/?all=yes", False),
        (SITE, "https://docs.example.org:8443/guide/", False),
        (SITE, "https://docs.example.org/", False),
        ("https://docs.example.org/guide", SITE, False),
        ("https://docs.example.org/guide", "https://docs.example.org/guide.html", True),
        ("https://docs.example.org/my%20guide/", "https://docs.example.org/my guide/ ", True),
    ],
)
def test_an_address_is_known_in_any_spelling_and_a_page_alone_is_not_what_lies_below(
    known: str, address: str, *, is_same: bool
) -> None:
    connector = parsed("docs", web_table(known), Path())
    assert is_same_site(connector, address) is is_same


def test_what_is_no_web_site_or_has_no_address_is_another() -> None:
    for table in ({"kind": "git", "location": SITE}, {"kind": "web", "location": "docs.example.org"}):
        assert not is_same_site(parsed("docs", table, Path()), SITE)


def test_names_are_free() -> None:
    assert name_for(SITE, ["docs-example-org-guide", "Docs-Example-Org-Guide-2"]) == "docs-example-org-guide-3"
