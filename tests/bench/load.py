"""A bounded load generator: raw HTTP over kept connections to loopback, as little Python per request as possible."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
_TIMEOUT_S = 60


@dataclass(frozen=True)
class Request:
    """One request as bytes, and the status that a right answer has."""

    raw: bytes
    status: int = 200


@dataclass(frozen=True)
class Answer:
    """What came back. `headers` in lower case, each as often as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The first header of that name, or nothing."""
        return next((value for key, value in self.headers if key == name), "")


class BadAnswer(Exception):
    """The server answered something else than expected: the figures would mean nothing."""


def request(method: str, path: str, *, body: bytes = b"", status: int = 200, **headers: str) -> Request:
    """Builds a request; header names are written with underscores."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return Request("\r\n".join([*lines, "", ""]).encode() + body, status)


class Connection:
    """One kept connection; opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(self, asked: Request) -> Answer:
        """Sends a request and reads its answer. Raises BadAnswer for another status than expected."""
        for fresh in (False, True):
            try:
                if self._socket is None or fresh:
                    self.close()
                    self._socket = socket.create_connection((HOST, self.port), timeout=_TIMEOUT_S)
                self._socket.sendall(asked.raw)
                answer = self._read()
                break
            except (ConnectionError, EOFError):
                if fresh:
                    raise
        if answer.status != asked.status:
            first = asked.raw.split(b"\r\n", 1)[0].decode()
            raise BadAnswer(f"{first} answered {answer.status} instead of {asked.status}: {answer.body[:300]!r}")
        return answer

    def close(self) -> None:
        """Ends the connection."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _read(self) -> Answer:
        head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = tuple((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:]))
        found = dict(headers)
        if found.get("transfer-encoding") == "chunked":
            body = b"".join(self._chunks())
        else:
            body = self._exactly(int(found.get("content-length", 0)))
        if found.get("connection", "").lower() == "close":
            self.close()
        return Answer(int(head[0].split()[1]), headers, body)

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._until(b"\r\n"), 16):
            yield self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._more()
        found, self._rest = self._rest.split(mark, 1)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self._rest) < size:
            self._more()
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def _more(self) -> None:
        assert self._socket is not None
        data = self._socket.recv(262_144)
        if not data:
            raise EOFError
        self._rest += data


@dataclass
class Timed:
    """How long each act took, in seconds, and the whole."""

    each: list[float] = field(default_factory=list)
    whole: float = 0.0


def run(port: int, acts: Sequence[Callable[[Connection], object]], *, at_once: int) -> Timed:
    """Does every act once, over `at_once` connections. An act that raises ends the run and is raised here."""
    waiting, timed, lock, failures = iter(acts), Timed(), threading.Lock(), list[BaseException]()

    def work() -> None:
        connection = Connection(port)
        try:
            while not failures:
                with lock:
                    act = next(waiting, None)
                if act is None:
                    return
                begun = time.perf_counter()
                act(connection)
                timed.each.append(time.perf_counter() - begun)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    begun = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    timed.whole = time.perf_counter() - begun
    if failures:
        raise failures[0]
    return timed
