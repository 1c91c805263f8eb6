"""The icons are what Teams asks for, and what the drawing says."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from manifest import drawing

ICONS = Path(drawing.__file__).parent / "icons"


def test_colour_icon_is_full_bleed_and_opaque():
    icon = Image.open(ICONS / "color.png")
    assert (icon.size, icon.mode, icon.format) == ((192, 192), "RGB", "PNG")
    corners = {icon.getpixel((x, y)) for x in (0, 191) for y in (0, 191)}
    assert corners == {(0x0B, 0x4F, 0x5C)}


def test_colour_icons_mark_survives_being_cut_to_a_circle():
    icon = Image.open(ICONS / "color.png")
    outside = [(x, y) for x in range(192) for y in range(192) if math.hypot(x - 95.5, y - 95.5) > 93]
    assert {icon.getpixel(place) for place in outside} == {icon.getpixel((0, 0))}


def test_outline_icon_is_white_on_transparent():
    icon = Image.open(ICONS / "outline.png")
    assert (icon.size, icon.mode, icon.format) == ((32, 32), "RGBA", "PNG")
    *colours, alpha = icon.split()
    assert [channel.getextrema() for channel in colours] == [(255, 255)] * 3
    assert alpha.getextrema() == (0, 255)


def test_icons_are_those_that_the_drawing_gives():
    for name, drawn in (("color.png", drawing.colour_icon()), ("outline.png", drawing.outline_icon())):
        kept = Image.open(ICONS / name)
        difference = ImageStat.Stat(ImageChops.difference(kept, drawn)).mean
        assert max(difference) < 1, f"{name}: run python -m manifest.drawing"
