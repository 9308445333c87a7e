"""What a picture tells of itself: whether it is whole, when and where it was taken."""

import io
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import ExifTags, Image

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated

FORMATS = ("JPEG", "PNG")
#: A photograph has fewer pixels; more is meant to exhaust the server. A JPEG is read small, a PNG whole.
_MOST_PIXELS_OF_PNG, _MOST_PIXELS = 20_000_000, 80_000_000
#: What Pillow raises for pictures that are not what they should be.
BROKEN = (OSError, ValueError, SyntaxError, struct.error, Image.DecompressionBombError)
_STAMP = "%Y:%m:%d %H:%M:%S"
_FIRST_YEAR = 1990
_SMALL = (64, 64)
_POLE, _DATE_LINE = 90, 180


@dataclass(frozen=True)
class PictureFacts:
    """When and where, as far as the camera wrote it down; degrees are positive north and east (WGS 84)."""

    shot_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def is_drawable(image: Image.Image) -> bool:
    """Whether an opened picture has no more pixels than are drawn; MPO of phones is JPEG."""
    most = _MOST_PIXELS_OF_PNG if image.format == "PNG" else _MOST_PIXELS
    return image.width * image.height <= most


def facts_of(data: bytes) -> PictureFacts:
    """Facts of a whole picture.

    Errors: RuleViolated when it is cut short or cannot be drawn. One with more pixels than are drawn is kept
    unread.
    """
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if not is_drawable(image):
                return PictureFacts()
            exif = image.getexif()
            image.draft("RGB", _SMALL)
            image.load()
            return _told(exif)
    except BROKEN:
        sentence = _("图片打不开，可能没有传完整或已损坏。请重新导出或重新拍照后上传。")
        raise RuleViolated(sentence, code="evidence_broken") from None


def _told(exif: Image.Exif) -> PictureFacts:
    """Cameras write anything; what is no fact is left out, never a reason to refuse the picture."""
    try:
        moment = _moment(exif.get_ifd(ExifTags.IFD.Exif))
    except (*BROKEN, TypeError, KeyError, AttributeError):
        moment = None
    try:
        latitude, longitude = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    except (*BROKEN, TypeError, KeyError, IndexError, ArithmeticError, AttributeError):
        latitude = longitude = None
    return PictureFacts(moment, latitude, longitude)


def _moment(tags: Mapping[int, Any]) -> datetime | None:
    """The clock of the camera, with its own offset if it gives one, else ours."""
    text = str(tags[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
    offset = str(tags.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
    if offset:
        taken = datetime.strptime(f"{text} {offset}", f"{_STAMP} %z")
    else:
        taken = timezone.make_aware(datetime.strptime(text, _STAMP))  # noqa: DTZ007 -- made aware here
    is_plausible = taken.year >= _FIRST_YEAR and taken <= clock.now() + timedelta(days=1)
    return taken if is_plausible else None


def _place(tags: Mapping[int, Any]) -> tuple[Decimal | None, Decimal | None]:
    gps = ExifTags.GPS
    latitude = _degrees(tags[gps.GPSLatitude], tags[gps.GPSLatitudeRef], "S")
    longitude = _degrees(tags[gps.GPSLongitude], tags[gps.GPSLongitudeRef], "W")
    is_nowhere = latitude == longitude == 0
    if is_nowhere or abs(latitude) > _POLE or abs(longitude) > _DATE_LINE:
        return None, None
    return latitude, longitude


def _degrees(parts: Any, reference: Any, negative: str) -> Decimal:
    """Degrees, minutes, seconds as one number. Errors: ValueError for what is no number."""
    value = sum(float(part) / 60**power for power, part in enumerate(parts))
    if not math.isfinite(value):
        raise ValueError(parts)
    sign = -1 if str(reference).strip("\0 ").upper() == negative else 1
    return Decimal(sign * value).quantize(Decimal("0.000001"))
