"""A real Elasticsearch for tests: fetched once from Maven Central by `jgo`, started on a free port, ended with the session.

`tests/elasticsearch-local` holds the start options that work. Everything lies in a folder of its own below the system's
temporary one, because as root the server runs as another user, who must be able to read it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "8.19.21"
SCRIPT = Path(__file__).parent / "elasticsearch-local"


def fetch() -> Path:
    """The distribution as a zip file; from the local Maven folder when it was fetched before."""
    from jgo.maven import MavenContext

    project = MavenContext().project("org.elasticsearch.distribution.integ-test-zip", "elasticsearch")
    found = project.at_version(VERSION).artifact("", "zip").resolve()
    if found is None:
        raise RuntimeError(f"Elasticsearch {VERSION} could not be fetched from Maven Central")
    return Path(found)


def folder(name: str = "") -> Path:
    """Where a server lives: that of this worker, or one of another name."""
    worker = name or os.environ.get("PYTEST_XDIST_WORKER", "alone")
    return Path(tempfile.gettempdir()) / f"market-elasticsearch-{os.getuid()}-{worker}"


def pid(name: str = "") -> int:
    """The process of the server that `running` started; 0 for one that ran already."""
    file = folder(name) / "run" / "pid"
    return int(file.read_text()) if file.is_file() and not os.environ.get("ELASTICSEARCH_TEST_URL") else 0


@contextmanager
def running(name: str = "") -> Iterator[str]:
    """The address of a fresh server, one for each name. ELASTICSEARCH_TEST_URL names one that runs already."""
    if ready := os.environ.get("ELASTICSEARCH_TEST_URL"):
        yield ready
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    place = ["--dir", str(folder(name))]
    subprocess.run([str(SCRIPT), "stop", *place], check=False, capture_output=True)
    start = [
        str(SCRIPT),
        "start",
        *place,
        "--port",
        str(port),
        "--heap",
        "384m",
        "--wait",
        "240",
        "--zip",
        str(fetch()),
    ]
    subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([str(SCRIPT), "stop", *place], check=False, capture_output=True)
