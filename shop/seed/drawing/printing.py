"""Prints the plates: shade as a halftone of plum ink, the line plate a little out of register, paper grain last."""

from __future__ import annotations

import io
import math
from functools import lru_cache
from typing import Any

import numpy as np
import resvg_py
from PIL import Image

from shop.seed.drawing.canvas import Canvas
from shop.seed.drawing.palette import LINE_INK, PAPER_RGB, SHADE_INK

VERSION = f"1/{resvg_py.__version__}"
"""Part of the content hash: raise it when the same plates are printed otherwise."""
WIDTH = 960
_SCREEN_ANGLE = math.radians(40)
_SCREEN_PERIOD = 6.4
"""Units of the sheet between two halftone dots."""
_SLIPS = ((2.4, -1.8), (-2.4, -1.8), (1.9, 2.4), (-1.9, 2.4))
Array = Any


def print_sheet(canvas: Canvas, width: int = WIDTH) -> Image.Image:
    """The finished picture, `width` pixels wide."""
    scale = width / canvas.width
    colour, shade, line = (_pixels(svg) for svg in canvas.plates(scale))
    sheet = colour.astype(np.float32)
    tone, ink = shade[..., 0].astype(np.float32) / 255, line[..., 0].astype(np.float32) / 255
    high, wide = tone.shape
    dots = np.clip((tone * 0.92 - _screen(high, wide, scale)) * 9 + 0.5, 0, 1) * (tone > 0.03)
    depth = (1 - np.array(SHADE_INK, np.float32) / 255) * 0.78
    sheet *= 1 - dots[..., None] * depth
    dx, dy = _SLIPS[canvas.number % len(_SLIPS)]
    ink = _slipped(ink, round(dx * scale), round(dy * scale))
    sheet *= 1 - ink[..., None] * ((1 - np.array(LINE_INK, np.float32) / 255) * 0.94)
    _grain(sheet, canvas.number, scale)
    return Image.fromarray(np.clip(sheet, 0, 255).astype(np.uint8))


def _pixels(svg: str) -> Array:
    data = bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))


def _slipped(plate: Array, dx: int, dy: int) -> Array:
    """The plate moved; what leaves the sheet does not come in again on the other side."""
    high, wide = plate.shape
    out = np.zeros_like(plate)
    out[max(0, dy) : high + min(0, dy), max(0, dx) : wide + min(0, dx)] = plate[
        max(0, -dy) : high + min(0, -dy), max(0, -dx) : wide + min(0, -dx)
    ]
    return out


@lru_cache(maxsize=4)
def _screen(high: int, wide: int, scale: float) -> Array:
    """The threshold of every pixel of the halftone."""
    yy, xx = np.mgrid[0:high, 0:wide].astype(np.float32)
    period = _SCREEN_PERIOD * scale
    u = xx * math.cos(_SCREEN_ANGLE) + yy * math.sin(_SCREEN_ANGLE)
    v = -xx * math.sin(_SCREEN_ANGLE) + yy * math.cos(_SCREEN_ANGLE)
    wave = np.cos(2 * math.pi * u / period) + np.cos(2 * math.pi * v / period)
    return (0.5 - 0.25 * wave).astype(np.float32)


@lru_cache(maxsize=4)
def _paper(high: int, wide: int) -> tuple[Array, Array]:
    """Specks where the ink did not take, and slow clouds of light."""
    dice = np.random.default_rng(2569)
    cells = 24
    rough = np.pad((dice.random((cells, cells)) * 255).astype(np.uint8), 2, mode="wrap")
    edge = (2 * wide // cells, 2 * high // cells)
    soft = Image.fromarray(rough).resize((wide + 2 * edge[0], high + 2 * edge[1]), Image.Resampling.BICUBIC)
    cloud = np.asarray(soft).astype(np.float32)[edge[1] : edge[1] + high, edge[0] : edge[0] + wide] / 255
    fine = Image.fromarray((dice.random((high * 2 // 3, wide * 2 // 3)) * 255).astype(np.uint8))
    noise = np.asarray(fine.resize((wide, high), Image.Resampling.BILINEAR)).astype(np.float32) / 255
    specks = np.clip((noise - 0.9 + 0.03 * (cloud > 0.66)) * 12, 0, 1) * 0.36
    return specks.astype(np.float32), (0.977 + 0.045 * cloud).astype(np.float32)


def _grain(sheet: Array, number: int, scale: float) -> None:
    """Paper grain, another cut of it for every picture."""
    high, wide = sheet.shape[:2]
    specks, cloud = _paper(high, wide)
    move = (number % high, number // 7 % wide)
    drop = np.roll(specks, move, (0, 1))[..., None]
    sheet *= 1 - drop
    sheet += drop * np.array(PAPER_RGB, np.float32)
    sheet *= np.roll(cloud, move, (0, 1))[..., None]
