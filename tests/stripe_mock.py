"""stripe-mock: Stripe's own server that knows every parameter and remembers nothing. Built with Go where Go is, into var/bin."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import stripe

from tests.processes import ROOT

VERSION = "v0.203.0"
BINARY = ROOT / "var" / "bin" / f"stripe-mock-{VERSION}"


def _go() -> str:
    return shutil.which("go") or shutil.which("go", path="/usr/local/go/bin") or ""


def build() -> str:
    """Makes the binary once; returns why it could not, or nothing."""
    BINARY.parent.mkdir(parents=True, exist_ok=True)
    with (BINARY.parent / "stripe-mock.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if BINARY.is_file():
            return ""
        if not _go():
            return "Go is not installed"
        place = BINARY.parent / "go"
        words = [_go(), "install", f"github.com/stripe/stripe-mock@{VERSION}"]
        try:
            done = subprocess.run(
                words, env=os.environ | {"GOBIN": str(place)}, capture_output=True, text=True, timeout=400, check=False
            )
        except subprocess.TimeoutExpired:
            return "Go could not build it in 400 seconds"
        if done.returncode:
            return f"Go could not build it: {done.stderr.strip()[-300:]}"
        (place / "stripe-mock").rename(BINARY)
    return ""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _started(folder: Path) -> Iterator[tuple[str, int, int]]:
    plain, safe = _free_port(), _free_port()
    # Both addresses: with the first alone it would open the second on every interface.
    words = [str(BINARY), "-http-addr", f"127.0.0.1:{plain}", "-https-addr", f"127.0.0.1:{safe}"]
    with (folder / "stripe-mock.log").open("w") as log:
        process = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until and process.poll() is None:
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", plain)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{plain}", plain, safe
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="session")
def stripe_mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int, int]]:
    """(address, port, port with TLS) of a running stripe-mock; the test is skipped, and says why, where there is none."""
    if problem := build():
        pytest.skip(f"NOT CHECKED AGAINST STRIPE-MOCK: {problem}")
    yield from _started(tmp_path_factory.mktemp("stripe-mock"))


def mock_client(address: str) -> stripe.StripeClient:
    """The real library against it. It takes no `sk_live_…`."""
    return stripe.StripeClient(
        "sk_test_123", base_addresses={"api": address}, http_client=stripe.RequestsClient(timeout=20)
    )  # type: ignore[typeddict-item]
