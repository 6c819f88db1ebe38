"""Addresses of services → what they answer, patiently and within limits. Owns the HTTP client."""

from __future__ import annotations

import email.utils
import ipaddress
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from papernotes import __version__

if TYPE_CHECKING:
    from requests import Response, Session

PATIENCE = "PAPERNOTES_TIMEOUT"
MAILTO = "PAPERNOTES_MAILTO"
TIMEOUT, TRIES, REDIRECTS = 20.0, 3, 5
LARGEST, PIECE = 8_000_000, 65_536
BUSY = frozenset((429, 500, 502, 503, 504))
MISSING = frozenset((404, 410))
OFFLINE = "`papernotes new --offline --bib FILE` works without the network"


class FetchError(Exception):
    """Nothing usable came back; the message says from where and why, and what to do."""


@dataclass(frozen=True)
class Service:
    """A service: `variable` of the environment replaces its address, `key` holds a key that it gives out.

    `pause` is the least time between two requests, in seconds, as its terms of use ask.
    """

    name: str
    address: str
    variable: str
    pause: float
    key: tuple[str, str] = ("", "")


ARXIV = Service("arXiv", "https://export.arxiv.org/api", "PAPERNOTES_ARXIV_URL", 3.0)
CROSSREF = Service("Crossref", "https://api.crossref.org", "PAPERNOTES_CROSSREF_URL", 0.1)
DATACITE = Service("DataCite", "https://api.datacite.org", "PAPERNOTES_DATACITE_URL", 0.1)
OPENALEX = Service("OpenAlex", "https://api.openalex.org", "PAPERNOTES_OPENALEX_URL", 0.1, ("OPENALEX_API_KEY", ""))
SEMANTIC_SCHOLAR = Service(
    "Semantic Scholar",
    "https://api.semanticscholar.org/graph/v1",
    "PAPERNOTES_SEMANTICSCHOLAR_URL",
    1.0,
    ("S2_API_KEY", "x-api-key"),
)


class Answer(NamedTuple):
    """What came back, and from which address in the end."""

    data: bytes
    address: str


@dataclass
class Client:
    """Asks services. `say` tells a waiting reader why it takes long, `asking` hears who is asked, then an empty name.

    `environment` is the process's unless a test's.
    """

    say: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    asking: Callable[[str], None] = lambda name: None
    _asked: dict[str, float] = field(default_factory=dict[str, float])

    @property
    def timeout(self) -> float:
        """How long an answer may take in all, in seconds; also how long a service may ask us to wait."""
        try:
            return max(0.05, float(self.environment.get(PATIENCE, TIMEOUT)))
        except ValueError:
            raise FetchError(f"{PATIENCE} must be a number of seconds, not {self.environment[PATIENCE]!r}") from None

    def ask(self, service: Service, path: str, **parameters: str) -> bytes | None:
        """The answer to a question, or None where the service has no such thing. Raises FetchError."""
        address = self.environment.get(service.variable, service.address).rstrip("/")
        headers: dict[str, str] = {}
        if mail := self.environment.get(MAILTO):
            # Crossref and OpenAlex serve those first who can be written to.
            parameters |= {"mailto": mail} if service in (CROSSREF, OPENALEX) else {}
        variable, header = service.key
        if key := self.environment.get(variable):
            parameters |= {} if header else {"api_key": key}
            headers |= {header: key} if header else {}
        if service.variable not in self.environment:
            self._keep_pause(service)
        answer = self._patiently(service.name, f"{address}/{path}", parameters, headers)
        return answer.data if answer else None

    def page(self, address: str) -> Answer | None:
        """A web page as it is now, and where redirects led; None if there is none. Raises FetchError."""
        return self._patiently(urlsplit(address).hostname or address, address, {}, {})

    def _keep_pause(self, service: Service) -> None:
        now = time.monotonic()
        if wait := max(0.0, self._asked.get(service.name, -service.pause) + service.pause - now):
            self.sleep(wait)
        self._asked[service.name] = now + wait

    def _patiently(self, name: str, address: str, parameters: dict[str, str], headers: dict[str, str]) -> Answer | None:
        for attempt in range(1, TRIES + 1):
            self.asking(name)
            try:
                status, answer, wait = _within(self.timeout, name, lambda: _get(name, address, parameters, headers))
            finally:
                self.asking("")
            if status in MISSING:
                return None
            if status not in BUSY:
                if answer is None:
                    raise FetchError(f"{name} refuses the question (HTTP {status})")
                return answer
            pause = min(1.0, self.timeout / 20) * 2 ** (attempt - 1) if wait is None else wait
            if attempt == TRIES or pause > self.timeout:
                asked = f" and asks for a pause of {pause:.0f} s" if wait and pause > self.timeout else ""
                busy = "is busy" if status == 429 else "is out of order"
                raise FetchError(f"{name} {busy} (HTTP {status}){asked}; try again later, or {OFFLINE}")
            self.say(f"{name} is busy (HTTP {status}): trying again in {pause:.1f} s")
            self.sleep(pause)
        raise AssertionError("the last attempt returns or raises")


def _within(seconds: float, name: str, call: Callable[[], Any]) -> Any:
    """What `call` gives, from a thread of its own: a server can drip for ever within the timeouts of a client."""
    results: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((call(), None))
        except BaseException as error:
            results.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = results.get(timeout=seconds)
    except queue.Empty:
        raise FetchError(f"{name} did not answer within {seconds:g} s; {PATIENCE} sets how long to wait") from None
    if error is not None:
        raise error
    return result


def _session() -> Session:
    try:
        # The extra is wanted only where the network is.
        import requests
    except ImportError:
        raise FetchError("looking works up needs more packages: pip install 'papernotes[fetch]'") from None
    session = requests.Session()
    session.headers["User-Agent"] = f"papernotes/{__version__} (a tool for paper notes)"
    return session


def _get(
    name: str, address: str, parameters: dict[str, str], headers: dict[str, str]
) -> tuple[int, Answer | None, float | None]:
    """One request: status, the answer of a success, and how many seconds the service asks to wait."""
    with _session() as session:
        from requests import RequestException

        try:
            for _ in range(REDIRECTS + 1):
                response = session.get(
                    address, params=parameters, headers=headers, stream=True, timeout=60, allow_redirects=False
                )
                with response:
                    if not response.is_redirect:
                        return _read(name, response)
                    # Addresses of redirects are whole: no parameters, and no key for another host.
                    following = urljoin(response.url, response.headers["Location"])
                    _refuse_inward(address, following, name)
                    address, parameters, headers = following, {}, {}
        except RequestException as error:
            raise FetchError(_reason(name, error)) from None
        except ValueError:
            raise FetchError(f"{name} leads to an address that is none") from None
    raise FetchError(f"{name} redirects more than {REDIRECTS} times")


def _read(name: str, response: Response) -> tuple[int, Answer | None, float | None]:
    status = response.status_code
    if status != 200:
        return status, None, _retry_after(response.headers.get("Retry-After", ""))
    data = bytearray()
    for piece in response.iter_content(PIECE):
        data += piece
        if len(data) > LARGEST:
            raise FetchError(f"{name} answers with more than {LARGEST // 1_000_000} MB")
    return status, Answer(bytes(data), response.url), None


def _reason(name: str, error: Exception) -> str:
    from requests import ConnectionError as NoConnection
    from requests import Timeout
    from requests.exceptions import ChunkedEncodingError, ContentDecodingError

    if isinstance(error, Timeout):
        return f"{name} does not answer; {OFFLINE}"
    if isinstance(error, (ChunkedEncodingError, ContentDecodingError)) or "Remote end closed" in str(error):
        return f"{name} broke off in the middle of its answer; try again"
    if isinstance(error, NoConnection):
        return f"{name} cannot be reached: there seems to be no network; {OFFLINE}"
    return f"{name} cannot be asked ({type(error).__name__})"


def _retry_after(text: str) -> float | None:
    """`Retry-After` in seconds, written as a number or as a date; None where it says nothing usable."""
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(text).timestamp() - time.time())
    except (TypeError, ValueError, OverflowError):
        return None


def _refuse_inward(origin: str, target: str, name: str) -> None:
    """A page of the web may not send us to machines of the reader's own network."""
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{name} redirects to {parts.scheme or 'an address without scheme'}:, which is not followed")
    if _is_inward(target) and not _is_inward(origin):
        raise FetchError(f"{name} redirects into a private network, which is not followed")


def _is_inward(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        found = {item[4][0] for item in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return any(not ipaddress.ip_address(str(ip).partition("%")[0]).is_global for ip in found)
