"""A folder with a built site → the site on loopback below a base path, with its 404 page, as a static host has it."""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BASE = "/base/"


@dataclass(frozen=True)
class Site:
    """A built site: its folder on disk and its address on loopback, with a slash at its end."""

    folder: Path
    address: str

    def url(self, path: str = "") -> str:
        return self.address + path


class Handler(SimpleHTTPRequestHandler):
    """Serves the folder below BASE, silently."""

    def translate_path(self, path: str) -> str:
        inside = "/" + path.removeprefix(BASE) if path.startswith(BASE) else "/outside-of-the-site"
        return super().translate_path(inside)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle(self) -> None:
        # A browser drops its connections when a page closes.
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A browser asks for many files at once."""

    request_queue_size = 128


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serve the folder on a free port for as long as the block runs."""
    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(folder, f"http://127.0.0.1:{server.server_address[1]}{BASE}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
