"""What settings may hold, as a variable writes it: ids, hosts, rules on who sees what, addresses."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, PlainSerializer
from pydantic_settings import NoDecode

from bot.access.rules import Rules, rules_in, written

_ID = re.compile("[0-9]{1,20}")
"""An id of Discord: an integer of 64 bits, without a sign."""


def _ids(value: object) -> object:
    """Read ids that are parted by commas or blanks, as a variable holds them."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _id(value: object) -> object:
    """Demand an id in place of a name."""
    if isinstance(value, str) and not _ID.fullmatch(value):
        raise ValueError("it takes ids; Copy ID is in Discord's Developer Mode")
    return value


def _hosts(value: object) -> object:
    """Read names of hosts that are parted by commas or blanks, in small letters; an IPv6 address has several colons."""
    if not isinstance(value, str):
        return value
    hosts = value.lower().replace(",", " ").split()
    if any(not {"/", "["}.isdisjoint(host) or host.count(":") == 1 for host in hosts):
        raise ValueError("it takes names of hosts alone, without https:// and without a port")
    return hosts


def _rules(value: object) -> object:
    """Read rules on who sees what as a variable holds them."""
    return rules_in(value) if isinstance(value, str) else value


Ids = Annotated[tuple[Annotated[int, BeforeValidator(_id)], ...], NoDecode, BeforeValidator(_ids)]
Hosts = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_hosts)]
Access = Annotated[Rules, NoDecode, BeforeValidator(_rules), PlainSerializer(written)]


def address_in(text: str, key: str = "QUOTH_ENCODER_KEY") -> str:
    """Return the address of a server as it was given; raises `ValueError` where it is none, or holds a password.

    `key` is the variable that a password belongs into.
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0 or parts.query or parts.fragment:
        raise ValueError("it must be an address such as http://127.0.0.1:8080")
    if parts.username or parts.password:
        raise ValueError(f"a key belongs into {key}, not into the address")
    return text.strip()
