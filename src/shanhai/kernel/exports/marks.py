"""By what a copy is known when it turns up elsewhere.

Visible: its code in the note, in head and foot of every printed sheet. Invisible: the ink of every cell of a
workbook is not quite black, and which black is the mark: five bits in each of red, green, blue. One cell that
was copied with its format into another workbook is enough; programs that save the file keep colours.
"""

import re
import secrets
import zipfile
from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

_BITS = 5
_LEVELS = 1 << _BITS
#: How many marks there are, greys included, which are none: other programs write with them.
MARKS = _LEVELS**3
_CODE = re.compile(rb"YW-([0-9A-F]{10})")
_INK = re.compile(rb'rgb="(?:FF|ff|00)?([0-9A-Fa-f]{6})"')
#: Of a file that is looked at. Unit: bytes.
_MOST = 200 << 20


def ink(mark: int) -> str:
    """The colour of the mark, `#0A1203`."""
    return "#{:02X}{:02X}{:02X}".format(*_channels(mark))


def new_mark(taken: Container[int]) -> int:
    """A mark that is nobody's. Errors: LookupError when nearly all are taken."""
    for _try in range(1000):
        mark = secrets.randbelow(MARKS)
        if mark not in taken and not _is_grey(mark):
            return mark
    raise LookupError("no mark is left")


def _channels(mark: int) -> tuple[int, int, int]:
    return mark >> 2 * _BITS, mark >> _BITS & _LEVELS - 1, mark & _LEVELS - 1


def _is_grey(mark: int) -> bool:
    red, green, blue = _channels(mark)
    return red == green == blue


@dataclass(frozen=True)
class Traces:
    """What a file tells of where it came from."""

    codes: frozenset[str]
    marks: frozenset[int]


def traces(path: Path) -> Traces:
    """Codes anywhere in the file, marks in the styles of a workbook. Errors: OSError."""
    if not zipfile.is_zipfile(path):
        return Traces(_codes(path.read_bytes()[:_MOST]), frozenset())
    codes: set[str] = set()
    marks: set[int] = set()
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                content = file.read(_MOST)
            codes |= _codes(content)
            if entry.filename.endswith("styles.xml"):
                marks |= {mark for found in _INK.findall(content) if (mark := _mark(found.decode())) >= 0}
    return Traces(frozenset(codes), frozenset(marks))


def _codes(content: bytes) -> frozenset[str]:
    return frozenset(found.decode().lower() for found in _CODE.findall(content))


def _mark(colour: str) -> int:
    """-1 for a colour that is none."""
    channels = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    mark = (channels[0] << 2 * _BITS) + (channels[1] << _BITS) + channels[2]
    return mark if max(channels) < _LEVELS and not _is_grey(mark) else -1
