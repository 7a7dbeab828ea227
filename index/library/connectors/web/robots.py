"""What a site's `robots.txt` lets us do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yarl import URL

from index.errors import ConnectorError
from index.library.connectors.web.client import AGENT, Client, PageError

if TYPE_CHECKING:
    from protego import Protego

_MOST_BYTES = 500 * 1024
"""RFC 9309 has readers take at least this much of it."""

_LONGEST_DELAY = 60.0


class Robots:
    """The rules of one site."""

    def __init__(self, rules: Protego | None) -> None:
        """Keep `rules`; None: everything is allowed."""
        self._rules = rules

    def allows(self, url: URL) -> bool:
        """Tell whether a URL may be asked for."""
        return self._rules is None or bool(self._rules.can_fetch(str(url), AGENT))

    @property
    def delay(self) -> float:
        """Seconds that the site wants between requests."""
        seconds = self._rules.crawl_delay(AGENT) if self._rules is not None else None
        return min(float(seconds or 0.0), _LONGEST_DELAY)


async def read(client: Client, site: URL) -> Robots:
    """Return the rules of a site; none where it has no such file.

    Raises `ConnectorError` where the file cannot be had: then nothing may be asked for (RFC 9309).
    """
    from protego import Protego

    url = site.with_path("/robots.txt").with_query(None).with_fragment(None)
    try:
        response = await client.get(url, most_bytes=_MOST_BYTES)
    except PageError as error:
        if error.status is not None and 400 <= error.status < 500:  # noqa: PLR2004 -- there is none
            return Robots(None)
        raise ConnectorError(f"{site.host} cannot be read: its robots.txt {error}.") from error
    text = response.body.decode("utf-8-sig", "replace")
    if text.lstrip().startswith("<"):  # a site that answers everything with a page
        return Robots(None)
    return Robots(Protego.parse(text))
