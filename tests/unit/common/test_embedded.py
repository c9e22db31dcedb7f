"""After a power cut the note of the database server may name any other program: that one must live on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from shop.common import embedded


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def note(folder: Path, pid: int) -> Path:
    lines = [str(pid), str(folder), "1712346200", "5432", str(folder), "", "8826964 65536", "ready   "]
    path = folder / "postmaster.pid"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_another_program_is_not_taken_for_the_server(tmp_path: Path, stranger: subprocess.Popen[bytes]) -> None:
    server = SimpleNamespace(pgdata=tmp_path, _postmaster_info=None)
    written = note(tmp_path, stranger.pid)
    assert not embedded._running(server)
    assert server._postmaster_info is None
    embedded._forget_dead_server(server)
    assert not written.exists()
    assert stranger.poll() is None


@pytest.mark.parametrize("text", ["", "123\n/half"])
def test_a_note_written_in_part_is_forgotten(tmp_path: Path, text: str) -> None:
    server = SimpleNamespace(pgdata=tmp_path, _postmaster_info=None)
    (tmp_path / "postmaster.pid").write_text(text)
    assert not embedded._running(server)
    embedded._forget_dead_server(server)
    assert not (tmp_path / "postmaster.pid").exists()


def test_the_note_of_the_living_server_stays() -> None:
    embedded.ensure_started()
    server = embedded._server()
    assert embedded._running(server)
    embedded._forget_dead_server(server)
    assert (server.pgdata / "postmaster.pid").exists()
