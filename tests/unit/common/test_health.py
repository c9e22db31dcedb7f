"""Health as a container asks for it: 0 when well, 1 with a sentence when not."""

from __future__ import annotations

import io
import os
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from shop.common import health
from tests.processes import run_python


class Shop(BaseHTTPRequestHandler):
    """Answers /healthz with `status`, and 400 to a host that it does not know, as the market does."""

    status = 200

    def do_GET(self) -> None:
        known = self.headers["Host"] == "talat.example"
        self.send_response((self.status if known else 400) if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Says nothing."""


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(Shop, "status", 200)
    server = HTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    for name, value in {
        "HOST": "0.0.0.0",
        "PORT": str(server.server_port),
        "SITE_URL": "https://talat.example",
    }.items():
        monkeypatch.setenv(name, value)
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("port")
def test_web_is_well() -> None:
    assert health.web_problem() == ""


@pytest.mark.usefixtures("port")
def test_web_that_fails_or_does_not_know_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Shop, "status", 503)
    assert health.web_problem() == "/healthz answered 503"
    monkeypatch.setenv("SITE_URL", "https://other.example")
    assert "ALLOWED_HOSTS must hold the host of SITE_URL" in health.web_problem()


def test_web_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PORT", str(probe.getsockname()[1]))
        assert health.web_problem().startswith(f"no answer on port {probe.getsockname()[1]}")


def test_clock_gives_signs_of_life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    assert "no sign yet" in health.clock_problem()
    health.sign_of_life().touch()
    assert health.clock_problem() == ""
    past = time.time() - health.CLOCK_SILENCE - 60
    os.utime(health.sign_of_life(), (past, past))
    assert health.clock_problem() == "the clock has been silent for 16 minutes"


def test_as_a_program(tmp_path: Path) -> None:
    done = run_python("-m", "shop.common.health", "clock", VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.startswith("the clock has given no sign yet")
    (tmp_path / "clock.alive").touch()
    done = run_python("-m", "shop.common.health", "clock", VAR_DIR=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert run_python("-m", "shop.common.health", "mail").stderr.startswith("Say which part")


@pytest.mark.django_db
def test_healthz_is_not_redirected_to_https(client: object, settings: object) -> None:
    from django.test import Client

    settings.SECURE_SSL_REDIRECT = True  # type: ignore[attr-defined]
    visitor = Client()
    assert visitor.get("/healthz").json() == {"status": "ok"}
    assert visitor.get("/products/").status_code == 301


@pytest.mark.django_db
def test_the_clock_command_touches_its_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.management import call_command

    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    call_command("clock", "--once", stdout=io.StringIO())
    assert health.clock_problem() == ""
