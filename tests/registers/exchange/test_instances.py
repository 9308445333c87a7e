"""Three counties and a city, each with a database of its own: figures go up signed, and open down to rows."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from databases import ROOT, WITH_TOYS, copied, migrated, own_name
from kernel.joint.conftest import ledger, meeting  # noqa: F401  (fixtures)
from kernel.surfaces.reading import words
from shanhai.engines.exchange import Figure, Finding, Package, read_package, rows_of, write_package
from shanhai.engines.signing import PublicKey, key_file, new_private, public_of, sign
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.scope import Side
from shanhai.registers.exchange.packing import make_package
from shanhai.registers.signing.keys import new_key

AUGUST = Period.parse("2021-08")
MEITAN = ("520328", "湄潭县")


@pytest.fixture
def county(cast: Any, meeting: Callable[..., Any], tmp_path: Path) -> tuple[Path, PublicKey]:  # noqa: F811
    """Meitan's package: two meetings of 20 that its bureau kept and both sides confirmed."""
    for number in ("联1", "联2"):
        meeting("verified", number, by="bob")
    path = tmp_path / "湄潭.zip"
    with context.unscoped("pack"):
        with pytest.raises(RuleViolated, match="还没有签名密钥"):
            make_package(path, Side.WEST, AUGUST, None, MEITAN)
        key = new_key(Side.WEST, MEITAN[1])
        make_package(path, Side.WEST, AUGUST, None, MEITAN)
    return path, key.told


def read(path: Path, key: PublicKey) -> Package:
    found = read_package(path, {key.fingerprint: key})
    assert isinstance(found, Package), found
    return found


def another(
    source: Path, target: Path, package: Package, private: str, key: PublicKey, **header: Any
) -> Path:
    """A package of another county: the rows of `source`, as if it had filed them."""

    def rows(one: Figure) -> Any:
        return rows_of(source, one, 0, 10**6)

    told = replace(package.header, **header)
    write_package(target, told, package.figures, rows, key, lambda text: sign(private, text))
    return target


def test_what_goes_up_says_nothing_of_persons(county: tuple[Path, PublicKey]) -> None:
    path, key = county
    package = read(path, key)
    figure = next(one for one in package.figures if one.code == "TOY-8")
    assert (figure.value, figure.counted) == (Decimal(40), 2)
    assert any("参会" in text or "会议" in text for _heading, text in figure.definition)
    first = next(iter(rows_of(path, figure)))
    assert set(first.columns) <= {*(figure.labels or {}), "unit", "place"}
    assert "number" not in first.columns, "no text that somebody typed"
    assert first.columns["attendees"] == 20 and first.columns["unit"] == "县人力资源和社会保障局"


@pytest.mark.turns(2)
def test_a_city_takes_in_what_counties_send(county: tuple[Path, PublicKey], tmp_path: Path) -> None:
    path, key = county
    package = read(path, key)
    private = new_private()
    fenggang = PublicKey(public_of(private), "凤冈县", package.header.made_at - timedelta(days=1))
    theirs = {"sender": "520327", "name": "凤冈县"}
    second = another(path, tmp_path / "凤冈.zip", package, private, fenggang, **theirs)
    fewer = tmp_path / "凤冈2.zip"
    told = [
        replace(one, value=Decimal(20), counted=1) if one.code == "TOY-8" else one for one in package.figures
    ]
    newer = replace(package.header, **theirs, made_at=package.header.made_at + timedelta(minutes=1))

    def first_row(one: Figure) -> Any:
        return rows_of(path, one, 0, 1 if one.code == "TOY-8" else 10**6)

    write_package(fewer, newer, told, first_row, fenggang, lambda text: sign(private, text))
    wrong = tmp_path / "凤冈3.zip"
    write_package(wrong, newer, package.figures, first_row, fenggang, lambda text: sign(private, text))
    stranger = another(path, tmp_path / "冒名.zip", package, private, fenggang)
    keys = [(*MEITAN, key_file(key)), ("520327", "凤冈县", key_file(fenggang))]
    unsent = PublicKey(public_of(new_private()), "余庆县")
    senders = [*keys, ("520329", "余庆县", key_file(unsent))]
    sent = [path, second, path, fewer, wrong, stranger, second]
    found = city(tmp_path, {"senders": senders, "packages": [str(one) for one in sent]})
    new, _second, again, replaced, refused, foreign, old = found["takings"]
    assert (new["is_new"], again["is_new"], old["is_new"]) == (True, False, False)
    assert [(one["code"], one["was"], one["now"]) for one in replaced["changed"]] == [("TOY-8", "40", "20")]
    assert "TOY-8 参会人数" in refused["refused"] and "由包内的行算出的是 20（1）" in refused["refused"]
    assert "签名密钥却是“凤冈县”" in foreign["refused"]
    line = next(one for one in found["api"]["lines"] if one["code"] == "TOY-8")
    assert found["api"]["missing"] == ["余庆县"] and (line["total"], line["sent"]) == ("60", 2)
    assert [(one["sender"], one["value"]) for one in line["cells"]] == [
        ("520327", "20"),
        ("520328", "40"),
        ("520329", None),
    ]
    assert len(found["rows"]) in (1, 2) and found["rows"][0]["weight"] == "20"
    assert all(text in found["page"] for text in ("未报", "没有报送：余庆县，合计不含。", "2/3", "已被替换"))
    assert "县人力资源和社会保障局" in found["behind"] and "口径" in found["behind"]
    assert found["excel"][0] == 200 and "spreadsheet" in found["excel"][1]


def city(folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    """What the city's process says, on its own database."""
    with copied(own_name("test_city", str(os.getpid())), migrated(WITH_TOYS)) as addresses:
        paths = [str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]
        environment = {
            **os.environ,
            **addresses,
            "DJANGO_SETTINGS_MODULE": WITH_TOYS,
            "SHANHAI_FILES": str(folder / "city"),
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
            "SHANHAI_DEMONSTRATION_TODAY": clock.today().isoformat(),
            "SHANHAI_HOSTS": "testserver",
        }
        command = [sys.executable, str(Path(__file__).with_name("city.py")), json.dumps(told)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_county_that_received_nothing_says_so(cast: Any, client_of: Any) -> None:
    assert "还没有收到报送包" in words(client_of("lily").get("/exchange/"))
    assert client_of("lily").get("/exchange/", {"period": "2021Q3"}).status_code == 404
    assert client_of("eve").get("/exchange/").status_code == 403
    assert client_of("root").get("/exchange/").status_code == 403, "administrators read no business figure"
    assert client_of("lily").get("/api/v1/exchange/").json()["lines"] == []
    with context.unscoped("look"):
        assert isinstance(read_package(Path(__file__), {}), Finding)
