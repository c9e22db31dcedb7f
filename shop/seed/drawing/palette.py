"""The inks. Field colours are those of the theme; the others are mixed for skins, woods, food and clay."""

from __future__ import annotations

GREEN, LEAF, LIME, MOSS = "#1d5b3f", "#7fa650", "#c3cf7a", "#4d7a3c"
VERM, RUST, CLAY, ROSE, PINK = "#d8432a", "#a63a1c", "#b9562f", "#f2b8a2", "#d4679a"
TURM, STRAW, HONEY, AMBER, LEMON = "#f2b02a", "#e6c97e", "#dc8a1c", "#c97a2b", "#f6d65c"
INDIGO, SKY, NIGHT, KRAM, TEAL = "#27377f", "#a9c6d6", "#16204f", "#3b53a4", "#2f7f86"
CREAM, MIST, INK, PAPER = "#f7ecd4", "#dfe3d0", "#1c1c38", "#fdf8ea"
BROWN, COCOA, TAN, PLUM, WINE, VIOLET = "#7a4526", "#4b2a1a", "#c99a55", "#7b2b4a", "#4b1a33", "#6a4a8c"
STEEL, SILVER, SLATE, CELADON = "#8c9aa0", "#c9d0d2", "#5b6770", "#9dbd9c"

SHADE_INK = (64, 44, 92)
LINE_INK = (28, 28, 56)
PAPER_RGB = (250, 240, 218)

Threads = tuple[str, ...]
