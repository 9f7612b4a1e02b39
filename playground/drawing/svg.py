"""A drawing as an SVG picture that stands alone: what a notebook shows."""

import base64
import re
import struct
import zlib
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from playground import theme
from playground.drawing.layout import TEXT
from playground.drawing.marks import LEVELS, Box, Drawing, Mark, Path, Raster, Word

FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


def to_svg(drawing: Drawing) -> str:
    """The drawing in light colours, on no ground; words have the colour of the text around it."""
    marks = "".join(map(mark_svg, drawing.marks))
    wide, tall = round(drawing.width), round(drawing.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {wide} {tall}" font-family="{theme.FONT}" font-size="{TEXT}">{marks}</svg>'
    )


def mark_svg(mark: Mark) -> str:
    """One mark, its title within."""
    title = f"<title>{escape(legal(mark.title))}</title>" if mark.title else ""
    frame = ' stroke="currentColor" stroke-width="1.5"' if getattr(mark, "framed", False) else ""
    if isinstance(mark, Path):
        dashes = ' stroke-dasharray="4 4"' if mark.dashed else ""
        return (
            f'<path d="{line(mark)}" fill="none" stroke="{hue(mark.colour)}" '
            f'stroke-width="{mark.width:.3f}" stroke-opacity="{mark.opacity:.3f}" '
            f'stroke-linecap="round"{dashes}>{title}</path>'
        )
    place = f'x="{mark.x:.2f}" y="{mark.y:.2f}"'
    if isinstance(mark, Word):
        turn = f' transform="rotate({mark.angle} {mark.x:.2f} {mark.y:.2f})"' if mark.angle else ""
        look = ' font-weight="700"' if mark.strong else ""
        look += ' text-decoration="line-through"' if mark.struck else ""
        look += ' opacity="0.65"' if mark.colour == "quiet" else ""
        colour = theme.WORD_HUES.get(mark.colour, mark.colour)
        fill = hue(colour) if colour in theme.HUES else "currentColor"
        return (
            f'<text {place} fill={quoteattr(fill)} text-anchor="{mark.anchor}" '
            f'dominant-baseline="central"{look}{turn}>{escape(legal(mark.text))}{title}</text>'
        )
    size = f'width="{mark.width:.2f}" height="{mark.height:.2f}"'
    if isinstance(mark, Box):
        fill = f'fill="{hue(mark.colour)}" fill-opacity="{mark.opacity:.3f}"'
        return f'<rect {place} {size} rx="2" {fill}{frame}>{title}</rect>'
    return (
        f'<image {place} {size} preserveAspectRatio="none" style="image-rendering: pixelated" '
        f'href="{image(mark)}">{title}</image>'
        f'<rect {place} {size} fill="none" stroke="{hue("neutral")}"/>'
        + (f'<rect {place} {size} fill="none"{frame}/>' if frame else "")
    )


def line(path: Path) -> str:
    """The points as a path's data."""
    if not path.curved:
        return " ".join(
            f"{'L' if n else 'M'}{x:.2f} {y:.2f}" for n, (x, y) in enumerate(path.points)
        )
    (x, y), (u, v) = path.points
    half = (y + v) / 2
    return f"M{x:.2f} {y:.2f} C{x:.2f} {half:.2f} {u:.2f} {half:.2f} {u:.2f} {v:.2f}"


def hue(name: str) -> str:
    """A colour by its name, in light."""
    return theme.HUES[name][0]


def legal(text: str) -> str:
    """The text without characters that XML forbids."""
    return FORBIDDEN.sub("\ufffd", text)


def image(raster: Raster) -> str:
    """A raster as the address of a PNG image that holds it."""
    levels = raster.levels().astype(int)
    pixels = np.zeros((*levels.shape, 4), np.uint8)  # (rows, columns, red green blue alpha)
    for name, here in (("accent", levels >= 0), ("negative", levels < 0)):
        pixels[here, :3] = list(bytes.fromhex(hue(name)[1:]))
    pixels[..., 3] = np.abs(levels) * 255 // LEVELS
    scan = b"".join(b"\0" + row.tobytes() for row in pixels)
    head = struct.pack(">IIBBBBB", levels.shape[1], levels.shape[0], 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(scan)), (b"IEND", b""))
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")
