"""A server on the loopback that answers as the services do: what it was told, in turn; and remembers what was asked."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

REPLIES = Path(__file__).parent / "replies"
VARIABLES = {
    "PAPERNOTES_ARXIV_URL": "/arxiv",
    "PAPERNOTES_CROSSREF_URL": "/crossref",
    "PAPERNOTES_DATACITE_URL": "/datacite",
    "PAPERNOTES_OPENALEX_URL": "/openalex",
    "PAPERNOTES_SEMANTICSCHOLAR_URL": "/scholar",
}
# What the services know when a test does not say otherwise.
KNOWN = {
    "/arxiv/query?id_list=2305.18290": "arxiv-2305.18290.xml",
    "/arxiv/query?id_list=2012.13255": "arxiv-published.xml",
    "/arxiv/query": "arxiv-empty.xml",
    "/crossref/works/10.1038/s41586-021-03819-2": "crossref-10.1038-s41586-021-03819-2.json",
    "/crossref/works/10.18653/v1/2021.acl-long.568": "crossref-10.18653-v1-2021.acl-long.568.json",
    "/datacite/dois/10.48550/arXiv.2305.18290": "datacite-arxiv.json",
    "/datacite/dois/10.5281/zenodo.5297715": "datacite-dataset.json",
    "/scholar/paper/arXiv:2305.18290": "scholar-2305.18290.json",
    "/scholar/paper/search": "scholar-search.json",
    "/openalex/works/doi:10.48550/arXiv.2305.18290": "openalex-2305.18290.json",
    "/openalex/works?filter=": "openalex-batch.json",
    "/openalex/works?search=": "openalex-search.json",
    "/pages/scholarly": "page-scholarly.html",
    "/pages/blog": "page-blog.html",
    "/pages/with-doi": "page-with-doi.html",
}


@dataclass(frozen=True)
class Reply:
    """One answer: `wait` seconds before it, `drip` seconds between its bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    wait: float = 0
    drip: float = 0


def replayed(name: str) -> Reply:
    """The answer in a file of `replies`."""
    return Reply((REPLIES / name).read_bytes())


@dataclass
class Services:
    """All services in one: replies by how an address begins, each list in turn and its last for ever."""

    address: str
    replies: dict[str, list[Reply]] = field(default_factory=dict[str, list[Reply]])
    asked: list[str] = field(default_factory=list[str])
    headers: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def environment(self) -> dict[str, str]:
        """The variables that lead papernotes here, and make it wait a tenth of what it would."""
        return {name: self.address + path for name, path in VARIABLES.items()} | {
            "PAPERNOTES_TIMEOUT": "2",
            "no_proxy": "127.0.0.1",
        }

    def answer(self, begins: str, *replies: Reply) -> None:
        self.replies[begins] = list(replies)

    def reply_to(self, address: str) -> Reply:
        self.asked.append(address)
        for begins in sorted(self.replies, key=len, reverse=True):
            if address.startswith(begins):
                turn = self.seen[begins]
                self.seen[begins] += 1
                return self.replies[begins][min(turn, len(self.replies[begins]) - 1)]
        known = next((name for begins, name in KNOWN.items() if address.startswith(begins)), None)
        return replayed(known) if known else Reply(b"Resource not found.", 404)


@contextmanager
def serving() -> Iterator[Services]:
    """Serve on a free port of the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            address = unquote(parts.path) + (f"?{unquote(parts.query)}" if parts.query else "")
            services.headers.append(dict(self.headers))
            reply = services.reply_to(address)
            time.sleep(reply.wait)
            try:
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in [reply.body] if not reply.drip else [bytes([byte]) for byte in reply.body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(reply.drip)
            except OSError:
                pass  # the client has gone, as it may

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    services = Services(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield services
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving() as running:
        print("\n".join(f"export {name}={value}" for name, value in running.environment.items()), flush=True)
        threading.Event().wait()
