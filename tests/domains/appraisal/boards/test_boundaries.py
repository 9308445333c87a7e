"""Boundaries: what fits is drawn instead of tiles; what does not is told by where, what and how to mend."""

import json
import math
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.appraisal.boards.tiles import area, middle
from shanhai.registers.places.geojson import GeojsonInvalid, read, thinned
from shanhai.registers.places.models import PlaceBoundary

SQUARE = [[107.0, 27.0], [108.0, 27.0], [108.0, 28.0], [107.0, 28.0], [107.0, 27.0]]


def feature(code: Any, ring: Any = SQUARE, kind: str = "Polygon") -> dict[str, Any]:
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def written(*features: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04", "不是 GeoJSON"),
        (b"{}", "没有图形"),
        (written(feature("1")), "代码 1 不是"),
        (written(feature("")), "没有区划代码"),
        (written(feature("a"), feature("a", kind="MultiPolygon")), "第 2 个图形：代码 a 前面已有"),
        (written(feature("a", SQUARE[:-1])), "没有闭合"),
        (written(feature("a", SQUARE[:2])), "不到 4 个点"),
        (written(feature("a", [[500, 1], *SQUARE[1:-1], [500, 1]])), "不是经度、纬度"),
        (written(feature("a", [[True, 1], *SQUARE[1:-1], [True, 1]])), "不是经度、纬度"),
        (written({**feature("a"), "geometry": {"type": "Point", "coordinates": [1, 2]}}), "不是面"),
        (written({**feature("a"), "geometry": None}), "不是面"),
        (written(5), "没有区划代码"),
        (b'{"type": "FeatureCollection", "features": [{"properties": {"code": "a"}, "geometry": '
         b'{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [2, 2], [NaN, 1]]]}}]}', "不是经度、纬度"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_where_and_why(content: bytes, why: str) -> None:
    with pytest.raises(GeojsonInvalid, match=why):
        read(content, {"a", "b"})


def test_codes_may_end_in_noughts_as_the_statistics_write_them() -> None:
    (shape,) = read(written(feature("520328101000")), {"520328101"})
    assert shape.code == "520328101"


CORNERS = st.lists(st.tuples(st.floats(100, 110), st.floats(20, 30)), min_size=3, max_size=60)


@given(CORNERS)
def test_thinning_keeps_the_ends_and_no_corner_is_new(corners: list[tuple[float, float]]) -> None:
    ring = [*corners, corners[0]]
    found = thinned(ring)
    assert found[0] == found[-1] == ring[0]
    assert len(found) >= min(4, len(ring))
    assert set(found) <= set(ring)


def test_a_smooth_circle_loses_most_corners_and_little_area() -> None:
    ring = [(math.cos(2 * math.pi * n / 720), math.sin(2 * math.pi * n / 720)) for n in range(720)]
    ring.append(ring[0])
    found = thinned(ring)
    assert len(found) < len(ring) / 5
    assert abs(area(found) - area(ring)) < 0.02 * area(ring)
    assert middle(found) == pytest.approx((0, 0), abs=0.02)


def test_the_map_draws_boundaries_once_every_town_has_one(cast: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    address, listed = "/appraisal/map/?layer=FUN-2B&side=west", "/appraisal/boundaries/"
    one, both = written(feature("520328101")), written(feature("520328101"), feature("520328102000"))
    for content, paths in ((one, 0), (both, 2)):
        file = SimpleUploadedFile("m.geojson", content)
        sent = browser.post(listed, {"file": file, "source": "县测绘院 2021"})
        assert sent.status_code == 302
        page = BeautifulSoup(browser.get(address).content, "html.parser")
        assert len(page.select("svg path")) == paths
        assert page.select_one("svg a") or page.select_one("svg g")
    told = browser.get("/api/v1/boards/boundaries/").json()
    assert [one["source"] for one in told] == ["县测绘院 2021"] * 2
    assert browser.post("/appraisal/boundaries/remove/").status_code == 302
    assert not PlaceBoundary.objects.exists()


def test_nothing_is_kept_of_a_wrong_file_and_the_other_county_stays_out(cast: Any, sign_in: Any) -> None:
    browser = sign_in("wang")
    wrong = SimpleUploadedFile("m.geojson", written(feature("520328101"), feature("440403106")))
    sent = browser.post("/appraisal/boundaries/", {"file": wrong, "source": ""})
    assert sent.status_code == 422
    text = sent.content.decode()
    assert "第 2 个图形" in text
    assert "请写明来源" in text
    assert not PlaceBoundary.objects.exists()
    kept = {"file": SimpleUploadedFile("m.geojson", written(feature("520328101"))), "source": "院"}
    assert browser.post("/api/v1/boards/boundaries/", kept).status_code == 200
    assert sign_in("bob").get("/appraisal/boundaries/").status_code == 403
    assert sign_in("carol").delete("/api/v1/boards/boundaries/").json() == {"number": 0}
    assert PlaceBoundary.objects.count() == 1
