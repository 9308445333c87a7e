"""Boundaries out of a GeoJSON file: shapes by division code, thinned out. Bytes in, values or words out."""

import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

#: A file larger than this holds more than two counties. Unit: bytes.
MOST_BYTES = 20 * 1024 * 1024
MOST_FEATURES = 500
#: Corners of one shape, after thinning out.
MOST_CORNERS = 4000
#: Where the code of a feature may stand, first found first.
CODE_NAMES = ("code", "adcode", "xzqdm", "XZQDM", "gb", "区划代码", "代码")
#: How far a line may leave its corners, as a part of the shape's width or height.
TOLERANCE = 0.002
_DECIMALS = 5
_LEAST_CORNERS = 4
#: Printed problems; a file with more is another file.
_MOST_TOLD = 20

#: Longitude and latitude in degrees.
type Point = tuple[float, float]
type Ring = list[Point]


@dataclass(frozen=True)
class Shape:
    """A place's boundary. Shape: rings of outer edges and holes alike, each closed."""

    code: str
    rings: tuple[Ring, ...]


class GeojsonInvalid(Exception):
    """What is wrong with the file: sentences that say where, what and how to mend."""

    def __init__(self, *problems: str) -> None:
        super().__init__("；".join(problems))
        self.problems = problems[:_MOST_TOLD]


def read(content: bytes, codes: Collection[str]) -> list[Shape]:
    """Shapes of the file, one for each code. `codes`: the divisions there are. Errors: GeojsonInvalid."""
    features = _features(content)
    found: dict[str, Shape] = {}
    problems: list[str] = []
    for number, feature in enumerate(features, 1):
        try:
            shape = _shape(feature, codes)
        except GeojsonInvalid as wrong:
            problems += [_("第 %(n)s 个图形：%(why)s") % {"n": number, "why": why} for why in wrong.problems]
            continue
        if shape.code in found:
            told = {"n": number, "code": shape.code}
            problems.append(_("第 %(n)s 个图形：代码 %(code)s 前面已有。请合成一个图形。") % told)
        found[shape.code] = shape
    if problems:
        raise GeojsonInvalid(*problems)
    return list(found.values())


def _features(content: bytes) -> Sequence[Any]:
    if len(content) > MOST_BYTES:
        raise GeojsonInvalid(_("文件超过 20 MB。请只导出两县（区）的边界，或先简化。"))
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise GeojsonInvalid(
            _("不是 GeoJSON 文件。请从测绘或民政部门的软件里另存为 GeoJSON（UTF-8）。")
        ) from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or told.get("type") != "FeatureCollection" or not features:
        raise GeojsonInvalid(_("文件里没有图形：要有 FeatureCollection 和 features。"))
    if len(features) > MOST_FEATURES:
        raise GeojsonInvalid(
            _("图形超过 %(most)s 个。请只留两县（区）的镇（街道）。") % {"most": MOST_FEATURES}
        )
    return features


def _shape(feature: Any, codes: Collection[str]) -> Shape:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    code = code_of(properties if isinstance(properties, dict) else {}, codes)
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise GeojsonInvalid(_("不是面（Polygon、MultiPolygon）。请删去点和线。"))
    polygons = geometry.get("coordinates")
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = tuple(thinned(ring) for ring in _rings(polygons))
    if not rings:
        raise GeojsonInvalid(_("没有坐标。"))
    if sum(len(ring) for ring in rings) > MOST_CORNERS:
        raise GeojsonInvalid(_("拐点太多。请先简化这个图形。"))
    return Shape(code, rings)


def code_of(properties: dict[str, Any], codes: Collection[str]) -> str:
    """The division a feature is of; codes of 12 digits may end in noughts. Errors: GeojsonInvalid."""
    text = next((str(properties[name]).strip() for name in CODE_NAMES if properties.get(name)), "")
    if not text:
        raise GeojsonInvalid(_("没有区划代码。请在属性里加上 code，写统计用区划代码。"))
    for code in (text, text.removesuffix("000"), text.removesuffix("000000")):
        if code in codes:
            return code
    raise GeojsonInvalid(
        _("代码 %(code)s 不是本系统两县（区）的镇（街道）。请核对代码，或删去这个图形。")
        % {"code": text[:32]}
    )


def _rings(polygons: Any) -> Iterator[Ring]:
    """Every ring, with its points checked. Errors: GeojsonInvalid."""
    if not isinstance(polygons, list):
        raise GeojsonInvalid(_("坐标写法不对。"))
    for polygon in polygons:
        for ring in polygon if isinstance(polygon, list) else [None]:
            if not isinstance(ring, list) or len(ring) < _LEAST_CORNERS:
                raise GeojsonInvalid(_("有一圈不到 4 个点。"))
            points = [_point(one) for one in ring]
            if points[0] != points[-1]:
                raise GeojsonInvalid(_("有一圈没有闭合：最后一个点要和第一个点相同。"))
            yield points


def _point(one: Any) -> Point:
    is_pair = isinstance(one, list) and len(one) >= 2 and all(_is_number(part) for part in one[:2])  # noqa: PLR2004
    if not is_pair or not (-180 <= one[0] <= 180 and -90 <= one[1] <= 90):  # noqa: PLR2004
        told = {"point": str(one)[:40]}
        raise GeojsonInvalid(
            _("坐标 %(point)s 不是经度、纬度。请用经纬度坐标（CGCS2000、WGS 84）另存。") % told
        )
    return round(float(one[0]), _DECIMALS), round(float(one[1]), _DECIMALS)


def _is_number(one: Any) -> bool:
    return isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)


def thinned(ring: Ring) -> Ring:
    """The ring with fewer corners, by Douglas and Peucker; closed, at least four points, the ends kept."""
    across = max(_spread([x for x, _y in ring]), _spread([y for _x, y in ring]))
    limit = across * TOLERANCE
    kept = {0, len(ring) // 2, len(ring) - 1}
    waiting = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        at, away = _farthest(ring, first, last)
        if away > limit:
            kept.add(at)
            waiting += [(first, at), (at, last)]
    if len(kept) < _LEAST_CORNERS:
        kept |= set(range(min(len(ring), _LEAST_CORNERS)))
    return [ring[at] for at in sorted(kept)]


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _farthest(ring: Ring, first: int, last: int) -> tuple[int, float]:
    """Which corner between two lies farthest from the line through them, and how far."""
    (x0, y0), (x1, y1) = ring[first], ring[last]
    length = math.hypot(x1 - x0, y1 - y0)
    best, away = first, -1.0
    for at in range(first + 1, last):
        x, y = ring[at]
        off = (
            abs((x1 - x0) * (y0 - y) - (x0 - x) * (y1 - y0)) / length
            if length
            else math.hypot(x - x0, y - y0)
        )
        if off > away:
            best, away = at, off
    return best, away
