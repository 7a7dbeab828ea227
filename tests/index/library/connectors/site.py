"""A web site on loopback, as bad as a test wants it."""

from __future__ import annotations

import gzip
import hashlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass
class Answer:
    """What the site answers with; one without a type is HTML."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Route = Answer | Callable[[BaseHTTPRequestHandler], Answer]


class Server(ThreadingHTTPServer):
    """Says nothing where a client has gone, or refuses the certificate."""

    daemon_threads = True
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        pass


class Handler(BaseHTTPRequestHandler):
    """Answers as the site's routes say."""

    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def do_GET(self) -> None:
        site = self.server.site
        site.asked.append(self.path)
        route = site.routes.get(self.path, site.otherwise)
        answer = route if isinstance(route, Answer) else route(self)
        headers = {"Content-Type": "text/html; charset=utf-8", **answer.headers}
        if answer.status == 200:
            headers["ETag"] = f'"{hashlib.sha256(answer.body).hexdigest()[:12]}"'
            answer = Answer(b"", 304) if self.headers.get("If-None-Match") == headers["ETag"] else answer
        site.sent.append(answer.status)
        self.send_response(answer.status)
        for name, value in {**headers, "Content-Length": str(len(answer.body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- its name in the library
        pass


class Site:
    """Serves `routes`; `asked` has the paths that were asked for, `sent` the statuses."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.routes: dict[str, Route] = {}
        self.otherwise: Route = Answer(b"<p>There is no such page.</p>", 404)
        self.asked: list[str] = []
        self.sent: list[int] = []
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.site = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_port
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    def page(self, path: str, text: str, *links: str, head: str = "") -> None:
        """Serve a page with some words and links."""
        anchors = "".join(f'<a href="{link}">{link}</a> ' for link in links)
        title = path.strip("/") or "start"
        body = f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1><p>{text}</p>{anchors}"
        self.routes[path] = Answer(f"{body}</main></body></html>".encode())

    def sitemap(self, path: str, *locations: str, index: bool = False, packed: bool = False, day: str = "") -> None:
        """Serve a sitemap of pages, or of sitemaps; the pages have changed on a `day`, if one is given."""
        outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        listed = "".join(f"<{inner}><loc>{location}</loc>{changed}</{inner}>" for location in locations)
        text = f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</{outer}>'
        data = gzip.compress(text.encode()) if packed else text.encode()
        self.routes[path] = Answer(data, headers={"Content-Type": "application/xml"})

    def forget(self) -> None:
        """Forget what was asked."""
        self.asked.clear()
        self.sent.clear()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
