"""The papers of the demonstration: small pictures, PDFs and texts, every one marked 演示."""

from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from time import struct_time
from typing import NamedTuple

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
MARK = "演示 · 非真实材料"
SIZE, MARGIN, LINE = (420, 300), 24, 36
PAPER, INK, SEAL = 255, 40, 150
#: PDF readers and our hash both want a date; it must not be the day of the run.
MADE = struct_time((2021, 9, 24, 9, 0, 0, 4, 267, 0))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)


@cache
def _sheet(title: str) -> Image.Image:
    """What all papers of a title share: drawn once, as drawing letters is most of the work."""
    image = Image.new("L", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((8, 8, SIZE[0] - 8, SIZE[1] - 8), outline=SEAL, width=2)
    draw.text((MARGIN, MARGIN), title, INK, _font(24))
    draw.text((MARGIN, SIZE[1] - 48), MARK, SEAL, _font(20))
    return image


def picture(lines: Sequence[str]) -> Image.Image:
    """A sheet with the lines and the mark on it."""
    title, *others = lines
    image = _sheet(title).copy()
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(others, start=1):
        draw.text((MARGIN, MARGIN + LINE * number), line, INK, _font(17))
    return image


def png(lines: Sequence[str]) -> bytes:
    out = BytesIO()
    picture(lines).save(out, "PNG", compress_level=3)
    return out.getvalue()


def pdf(lines: Sequence[str]) -> bytes:
    out = BytesIO()
    picture(lines).save(out, "PDF", creationDate=MADE, modDate=MADE, title=lines[0])
    return out.getvalue()


def text(lines: Sequence[str]) -> bytes:
    return "\n".join((*lines, MARK, "")).encode()


class Form(NamedTuple):
    """How a paper is made; its name is its extension."""

    extension: str
    make: Callable[[Sequence[str]], bytes]


IMAGE, DOCUMENT, PLAIN = Form("png", png), Form("pdf", pdf), Form("txt", text)
