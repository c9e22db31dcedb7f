"""Draws all pictures, several at once, and keeps them by the hash of what was drawn.

A picture's name is the hash of its three plates and of how they are printed; the encoded files lie in one archive of that name.
Collecting the plates of all pictures takes a second, printing and encoding them a minute: only the second is spared.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from PIL import Image

from media.encoding import LESS, Encoded, encode_picture
from shop.seed.drawing import book
from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.printing import VERSION, WIDTH, print_sheet

QUALITIES = (68, 50, 34, 20, 12)
"""Tried in turn until the 640 pixel WebP fits; halftone and grain hide what is lost."""
HEAVIEST = 60_000
"""Bytes of a picture 640 pixels wide."""
Progress = Callable[[int, int], None]


def plates_hash(canvas: Canvas, width: int = WIDTH) -> str:
    """The content hash of a picture: plates, name (grain and register follow it) and the way of printing."""
    parts = (VERSION, str(width), f"{QUALITIES}{HEAVIEST}{dict(LESS)}", canvas.name, *canvas.plates(1))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def draw_all(
    folder: Path, progress: Progress | None = None, names: Iterable[str] | None = None, width: int = WIDTH
) -> dict[str, str]:
    """Draws what is not kept in the folder yet; returns the content hash of every picture by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(book.makers() if names is None else names)
    done: dict[str, str] = {}
    workers = min(os.cpu_count() or 1, 8)
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for number, (name, digest) in enumerate(
            pool.map(_draw_one, wanted, repeat(folder), repeat(width), chunksize=4), 1
        ):
            done[name] = digest
            if progress:
                progress(number, len(wanted))
    return done


def open_kept(folder: Path, digest: str) -> Encoded:
    """The encoded files of a picture that was drawn before."""
    with zipfile.ZipFile(_archive(folder, digest)) as archive:
        facts = json.loads(archive.read("facts.json"))
        files = {name: archive.read(name) for name in archive.namelist() if name != "facts.json"}
    return Encoded(facts["width"], facts["height"], files, facts["blur"])


def _draw_one(name: str, folder: Path, width: int) -> tuple[str, str]:
    """Runs in a worker: plates, then print and encode unless they are kept."""
    canvas = book.draw(name)
    digest = plates_hash(canvas, width)
    if not _archive(folder, digest).is_file():
        _keep(folder, digest, encode_light(print_sheet(canvas, width)))
    return name, digest


def encode_light(sheet: Image.Image) -> Encoded:
    """Encodes a printed sheet as well as its weight allows; a whole sheet of weave is the heaviest."""
    for quality in QUALITIES:
        encoded = encode_picture(sheet, {"webp": quality, "jpg": quality + 4})
        if len(encoded.files["640.webp"]) <= HEAVIEST:
            break
    return encoded


def _keep(folder: Path, digest: str, encoded: Encoded) -> None:
    half = folder / f"{digest}.{os.getpid()}.part"
    facts = {"width": encoded.width, "height": encoded.height, "blur": encoded.blur}
    with zipfile.ZipFile(half, "w") as archive:
        archive.writestr("facts.json", json.dumps(facts))
        for name, content in encoded.files.items():
            archive.writestr(name, content)
    half.replace(_archive(folder, digest))


def _archive(folder: Path, digest: str) -> Path:
    return folder / f"{digest}.zip"
