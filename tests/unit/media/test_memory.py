"""What an upload may cost: each kind of picture that unfolds is taken in a process of its own, whose memory is measured."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[3]
MOST_MEGABYTES = 340
"""On top of the empty process. Three web processes and a worker on a machine of 4 GB keep room for the rest."""
pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux")
TAKE = """
import sys
import django
django.setup()
from media.encoding import SMALL, encode_picture
from media.errors import PictureRefused
from media.services import decode
from pathlib import Path
def peak():  # of this program alone: ru_maxrss would tell that of the process that started it, too
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
data = Path(sys.argv[1]).read_bytes()
before = peak()
try:
    told = str(encode_picture(decode(data, least=640), widths=SMALL, effort=2).width)
except PictureRefused as refusal:
    told = refusal.code
print(told, peak() - before)
"""


def _taken(data: bytes, folder: Path) -> tuple[str, int]:
    """What a process of its own said, and the megabytes it grew by."""
    file = folder / "upload"
    file.write_bytes(data)
    command = [sys.executable, "-c", TAKE, str(file)]
    environment = {"DJANGO_SETTINGS_MODULE": "shop.settings.test", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120)
    told, megabytes = run.stdout.split()
    return told, int(megabytes)


def _png(width: int, height: int, *, depth: int = 8, kind: int = 6, extra: bytes = b"") -> bytes:
    """An empty PNG of any size, in few bytes and without being unfolded here."""
    row = b"\x00" * (1 + (width * depth * {0: 1, 2: 3, 6: 4}[kind] + 7) // 8)
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _jpeg(size: tuple[int, int], *, waves: bool) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, "JPEG", quality=30, progressive=waves, subsampling=0)
    return buffer.getvalue()


def _webp(size: tuple[int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGBA", size, (10, 20, 30, 200)).save(buffer, "WEBP", lossless=True, method=0)
    return buffer.getvalue()


def _webp_that_says(side: int) -> bytes:
    """A small WebP whose head says that it is `side` pixels wide and high."""
    data = bytearray(_webp((8, 8)))
    at = data.index(b"VP8L") + 9
    bits = int.from_bytes(data[at : at + 4], "little") & ~0xFFFFFFF
    data[at : at + 4] = (bits | (side - 1) | (side - 1) << 14).to_bytes(4, "little")
    return bytes(data)


LARGE = "media.picture_too_large"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("one bit, 900 million pixels", LARGE),
        ("WebP head of 268 million pixels", LARGE),
        ("WebP, 21 million pixels", LARGE),
        ("JPEG in waves, 49 million pixels", LARGE),
        ("PNG with alpha, 39 million pixels", "694"),
        ("PNG of 16 bits, 39 million pixels", "694"),
        ("PNG, 1000 times as wide as high", "200000"),
        ("PNG with 200 MB of packed notes", "media.picture_kind_unknown"),
        ("WebP, 19 million pixels", "727"),
        ("JPEG in waves, 39 million pixels", "780"),
        ("JPEG, 60 million pixels", "969"),
    ],
)
def test_memory_is_bounded_whatever_is_sent(name: str, told: str, tmp_path: Path) -> None:
    said, megabytes = _taken(_make(name), tmp_path)
    assert (said, megabytes <= MOST_MEGABYTES) == (told, True), f"{name}: {said}, {megabytes} MB"


def _make(name: str) -> bytes:
    notes = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"\x00" * 200_000_000, 9))
    made = {
        "one bit, 900 million pixels": lambda: _png(30_000, 30_000, depth=1, kind=0),
        "WebP head of 268 million pixels": lambda: _webp_that_says(16_383),
        "WebP, 21 million pixels": lambda: _webp((4_600, 4_600)),
        "JPEG in waves, 49 million pixels": lambda: _jpeg((7_000, 7_000), waves=True),
        "PNG with alpha, 39 million pixels": lambda: _png(6_240, 6_240),
        "PNG of 16 bits, 39 million pixels": lambda: _png(6_240, 6_240, depth=16),
        "PNG, 1000 times as wide as high": lambda: _png(200_000, 199),
        "PNG with 200 MB of packed notes": lambda: _png(64, 64, extra=notes),
        "WebP, 19 million pixels": lambda: _webp((4_360, 4_360)),
        "JPEG in waves, 39 million pixels": lambda: _jpeg((6_240, 6_240), waves=True),
        "JPEG, 60 million pixels": lambda: _jpeg((7_745, 7_745), waves=False),
    }
    return made[name]()
