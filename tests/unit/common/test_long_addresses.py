"""An address longer than the server reads is refused in words, by the real server."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop import server

SERVED = "served\r\n0\r\n\r\n"
APP = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"served"]
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    home = tmp_path_factory.mktemp("served")
    (home / "served.py").write_text(APP)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "served:app", "--bind", f"127.0.0.1:{free}", "--workers", "1"]
    command += ["--worker-class", server.worker_class, "--limit-request-line", str(server.limit_request_line)]
    command += ["--threads", "2", "--pythonpath", f"{home},{Path.cwd()}", "--log-level", "error"]
    process = subprocess.Popen(command)
    try:
        _wait(free)
        yield free
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)  # a start has no event to wait for
    raise AssertionError("the server did not start")


def ask(port: int, path: str) -> str:
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: market\r\nConnection: close\r\n\r\n".encode())
        parts = []
        while part := line.recv(65536):
            parts.append(part)
    return b"".join(parts).decode()


def test_a_long_search_is_read(port: int) -> None:
    assert ask(port, "/search/?q=" + "%E0%B8%81" * 800).endswith(SERVED)


def test_a_longer_one_is_told_so_in_both_languages(port: int) -> None:
    head, _blank, body = ask(port, "/search/?q=" + "%E0%B8%81" * 1_000).partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 414 ")
    assert f"Content-Length: {len(body.encode())}" in head
    assert "ที่อยู่หน้านี้ยาวเกินไป" in body
    assert 'href="/search/"' in body
    assert "This address is too long" in body
    assert ask(port, "/").endswith(SERVED)  # the next visitor is served
