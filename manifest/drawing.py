"""Draws the icons: a reef knot, two ropes that hold each other. Run `python -m manifest.drawing` after a change."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

Line = list[tuple[float, float]]

FOLDER = Path(__file__).parent / "icons"
BACKGROUND = "#0B4F5C"
LEFT_ROPE, RIGHT_ROPE = "#FFFFFF", "#FFC24A"
FINER = 8
STEPS = 64


@dataclass(frozen=True, slots=True)
class Knot:
    """Measures in pixels of the finished icon, out from its middle: the ropes' ends, the turns, the height of the
    ends and of the turns' shoulders; then the thickness of a rope and of the gap where it passes under another."""

    size: int
    end: float
    turn: float
    inner: float
    outer: float
    rope: float
    gap: float


COLOUR = Knot(size=192, end=76, turn=46, inner=13.5, outer=44, rope=18, gap=5)
OUTLINE = Knot(size=32, end=14.2, turn=8.6, inner=3.0, outer=9.6, rope=3.5, gap=1.25)


def colour_icon() -> Image.Image:
    left, right = _ropes(COLOUR)
    icon = Image.new("RGB", left.size, BACKGROUND)
    icon.paste(LEFT_ROPE, mask=left)
    icon.paste(RIGHT_ROPE, mask=right)
    return icon.resize((COLOUR.size, COLOUR.size), Image.Resampling.LANCZOS)


def outline_icon() -> Image.Image:
    """Draws in white only; the shape is in the transparency."""
    shape = ImageChops.lighter(*_ropes(OUTLINE)).resize((OUTLINE.size, OUTLINE.size), Image.Resampling.BOX)
    icon = Image.new("RGBA", shape.size, "#FFFFFF")
    icon.putalpha(shape)
    return icon


def _ropes(knot: Knot) -> tuple[Image.Image, Image.Image]:
    """Returns the masks of the left and the right rope, FINER times the icon's size."""
    left, right = _left_rope(knot), [(-x, y) for x, y in _left_rope(knot)]
    masks = _mask(knot), _mask(knot)
    _lay(knot, masks[1], right, over=None)
    _lay(knot, masks[0], left, over=masks[1])
    for piece in _near_the_middle(knot, right):
        _lay(knot, masks[1], piece, over=masks[0])
    return masks


def _left_rope(knot: Knot) -> Line:
    """Runs in from the left, up to the shoulder, round the turn at the right, and back the same way below."""
    shoulder = knot.turn * 0.42
    upper = [(-knot.end, -knot.inner)]
    upper += _s_curve((-knot.turn * 0.72, -knot.inner), (shoulder, -knot.outer))
    turn = []
    for step in range(STEPS + 1):
        angle = math.pi * step / STEPS - math.pi / 2
        turn.append((shoulder + (knot.turn - shoulder) * math.cos(angle), knot.outer * math.sin(angle)))
    return upper + turn + [(x, -y) for x, y in reversed(upper)]


def _s_curve(start: tuple[float, float], end: tuple[float, float]) -> Line:
    (x0, y0), (x1, y1) = start, end
    shares = [step / STEPS for step in range(STEPS + 1)]
    return [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)) for t in shares]


def _near_the_middle(knot: Knot, rope: Line) -> list[Line]:
    """Returns the two short pieces, above and below, where the ropes cross each other's shoulders."""
    near = [point for point in rope if abs(point[0]) < knot.turn * 0.3]
    return [[p for p in near if p[1] < 0], [p for p in near if p[1] > 0]]


def _mask(knot: Knot) -> Image.Image:
    return Image.new("L", (knot.size * FINER, knot.size * FINER), 0)


def _lay(knot: Knot, mask: Image.Image, line: Line, *, over: Image.Image | None) -> None:
    """Draws a rope, and cuts a gap beside it in the rope that it lies over."""
    middle = knot.size / 2
    points = [((middle + x) * FINER, (middle + y) * FINER) for x, y in line]
    if over is not None:
        _stroke(over, points, knot.rope + 2 * knot.gap, 0)
    _stroke(mask, points, knot.rope, 255)


def _stroke(mask: Image.Image, points: Line, width: float, shade: int) -> None:
    pen, radius = ImageDraw.Draw(mask), width * FINER / 2
    pen.line(points, fill=shade, width=round(width * FINER))
    for x, y in points:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)


if __name__ == "__main__":
    colour_icon().save(FOLDER / "color.png", optimize=True)
    outline_icon().save(FOLDER / "outline.png", optimize=True)
