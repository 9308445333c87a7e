"""Assets: totals that balance or are flagged, gaps both ways, standings, title, reports."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from shanhai.domains.funds.assets import actions, checking, lookup, rents, reports, rules
from shanhai.domains.funds.models import Asset, AssetSource, AssetStanding, Payment, StatedTotal
from shanhai.kernel import context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.workflow import State

D = Decimal
#: 掇刀区, 624 assets as printed. Unit: 万元.
SHEET_OF_624 = {
    "household": (89, "1839.2229"),
    "public": (502, "26045.5340"),
    "operating": (33, "2977.8578"),
    "county_owned": (19, "3214.4"),
    "town_owned": (28, "1327.5"),
    "village_owned": (488, "24481.49"),
    "household_owned": (89, "1839.22"),
}


def sheet(total: str, count: int = 624) -> dict[str, rules.Printed]:
    lines = {name: rules.Printed(number, D(value)) for name, (number, value) in SHEET_OF_624.items()}
    return lines | {"total": rules.Printed(count, D(total))}


def test_624_assets_balance_both_ways() -> None:
    by_class, by_owner = rules.cross_check(sheet("30862.61"))
    assert (by_class.counted, by_owner.counted) == (624, 624)
    assert by_class.value.computed == D("30862.6147")
    assert by_owner.value.computed == D("30862.61")
    assert by_class.value.verdict == rules.Verdict.ROUNDED
    assert by_owner.value.verdict == rules.Verdict.EXACT
    assert by_class.follows
    assert by_owner.follows


@pytest.mark.parametrize(("total", "count"), [("29862.61", 624), ("30862.61", 623), ("31862.61", 624)])
def test_a_printed_total_that_its_parts_do_not_come_to_is_flagged_both_ways(total: str, count: int) -> None:
    assert [one.follows for one in rules.cross_check(sheet(total, count))] == [False, False]


def test_a_sheet_without_all_parts_of_a_way_is_not_judged_that_way() -> None:
    lines = sheet("30862.61")
    del lines["town_owned"]
    assert [one.way for one in rules.cross_check(lines)] == ["class"]
    del lines["total"]
    assert rules.cross_check(lines) == []


@given(st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=8), st.integers(0, 3))
def test_rounding_a_sum_and_its_parts_is_never_flagged_and_a_whole_unit_always(
    parts: list[Decimal], places: int
) -> None:
    unit = D(1).scaleb(-places)
    printed, total = [one.quantize(unit) for one in parts], sum(parts, D(0)).quantize(unit)
    assert rules.balance(printed, total).verdict is not rules.Verdict.OFF
    off = total + (len(parts) + 2) * 1000
    assert rules.balance(printed, off).verdict is rules.Verdict.OFF


def test_every_pair_of_standings_is_allowed_or_not_on_purpose() -> None:
    allowed = {
        ("untitled", "in_use leased idle inefficient damaged"),
        ("in_use", "leased idle inefficient damaged disposed"),
        ("leased", "in_use idle inefficient damaged disposed"),
        ("idle", "in_use leased inefficient damaged disposed"),
        ("inefficient", "in_use leased idle damaged disposed"),
        ("damaged", "in_use disposed"),
        ("disposed", ""),
    }
    expected = {old: set(following.split()) for old, following in allowed}
    for old in AssetStanding.values:
        for new in AssetStanding.values:
            assert (new in rules.moves_from(old)) == (new in expected[old])


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2021, 8, 31), 6, date(2022, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2021, 3, 31), 3, date(2021, 6, 30)),
        (date(2021, 12, 1), 1, date(2022, 1, 1)),
    ],
)
def test_months_later(day: date, months: int, then: date) -> None:
    assert rules.after_months(day, months) == then


def formed(**values: Any) -> rules.Formed:
    given: dict[str, Any] = {
        "id": "a",
        "original_value": D(100),
        "formed_on": date(2021, 1, 15),
        "standing": "in_use",
        "standing_since": date(2021, 1, 15),
        "is_titled": True,
        "sources": {"p": D(100)},
    }
    return rules.Formed(**given | values)


def forming(**values: Any) -> rules.Forming:
    given: dict[str, Any] = {"id": "p", "name": "项目", "paid": D(100), "is_accepted": True}
    return rules.Forming(**given | values)


@pytest.mark.parametrize(
    ("assets", "project", "codes"),
    [
        ([formed()], forming(), []),
        ([], forming(), [rules.NO_ASSET]),
        ([], forming(forms=False), []),
        ([], forming(is_accepted=False), []),
        ([formed(sources={})], forming(forms=False), [rules.NO_PROJECT]),
        ([formed(sources={"p": D("99.99")})], forming(), [rules.SOURCES_DIFFER]),
        ([formed()], forming(is_accepted=False), [rules.TOO_EARLY]),
        ([formed()], forming(paid=D("99.99")), [rules.OVER_PAID]),
        ([formed(), formed(id="b")], forming(paid=D(150)), [rules.OVER_PAID]),
    ],
)
def test_gaps_between_money_projects_and_assets(
    assets: list[rules.Formed], project: rules.Forming, codes: list[str]
) -> None:
    assert [one.code for one in rules.check_assets(assets, {"p": project})] == codes


@pytest.mark.parametrize(
    ("values", "today", "codes"),
    [
        ({"is_titled": False, "standing": "untitled"}, date(2021, 7, 15), []),
        ({"is_titled": False, "standing": "untitled"}, date(2021, 7, 16), [rules.LATE_TITLE]),
        ({"is_titled": False, "standing": "disposed"}, date(2022, 7, 16), []),
        ({"standing": "idle"}, date(2021, 4, 15), []),
        ({"standing": "idle"}, date(2021, 4, 16), [rules.LONG_IDLE]),
    ],
)
def test_late_titles_and_idle_assets(values: dict[str, Any], today: date, codes: list[str]) -> None:
    limits = rules.Limits(title_months=6, idle_months=3)
    assert [one.code for one in rules.check_terms([formed(**values)], limits, today)] == codes
    assert not list(rules.check_terms([formed(**values)], rules.Limits(), today))


def make_asset(cast: Any, code: str, **values: Any) -> Asset:
    given: dict[str, Any] = {
        "name": f"演示资产{code}",
        "asset_class": "operating",
        "asset_form": "fixed",
        "original_value": D(300_000),
        "formed_on": date(2021, 3, 1),
        "owner_level": "village",
        "ownership_holder": "演示村合作社",
        "place": cast.yongxing,
        "state": State.VERIFIED,
    }
    own = {"side": "west", "owner_unit": cast.mt_labour, "code": code}
    with context.unscoped("test"):
        return Asset.objects.create(**own, **given | values)


@pytest.fixture
def books(cast: Any, project: Any) -> list[Asset]:
    """Two assets of one project, one of them untitled, and a printed sheet whose total is off by ten."""
    with context.unscoped("test"):
        project.stage = "accepted"
        project.save()
        own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.VERIFIED}
        Payment.objects.create(
            **own,
            project=project,
            voucher_number="BF1",
            kind="progress",
            amount=D(900_000),
            paid_on=date(2021, 5, 1),
            period="2021-05",
            payee="演示公司",
        )
        made = [
            make_asset(cast, "ZC1"),
            make_asset(cast, "ZC2", asset_class="public", owner_level="town", original_value=D(500_000)),
        ]
        for asset, level, amount in (
            (made[0], "province", 200_000),
            (made[0], "district", 100_000),
            (made[1], "city", 500_000),
        ):
            AssetSource.objects.create(**own, asset=asset, project=project, source_level=level, amount=amount)
        for heading, count, value in (
            ("public", 1, 50),
            ("operating", 1, 30),
            ("household", 0, 0),
            ("total", 2, 90),
        ):
            StatedTotal.objects.create(
                **own,
                sheet_name="8月总账",
                stated_on=date(2021, 8, 31),
                stated_line=heading,
                asset_count=count,
                stated_value=value,
            )
    return made


def test_the_book_of_totals_counts_rows_two_ways_and_flags_what_was_printed(
    books: list[Asset], cast: Any
) -> None:
    with context.acting(cast.actor("wang")) as current:
        paper = reports.totals_paper(reports.asked_assets(current.actor, {}))
        codes = [one.code for one in checking.findings()]
    table = {row.cells[:2]: row for row in paper.tables[0].rows}
    assert table["按类别", "小计"].cells[2:6] == (2, D(800_000), 2, D(80))
    assert "不符" in table["按类别", "小计"].cells[6]
    assert table["按权属", "镇级"].cells[2:4] == (1, D(500_000))
    assert table["按镇", "永兴镇"].cells[2:4] == (2, D(800_000))
    assert table["合计", ""].cells[2:6] == (2, D(800_000), 2, D(90))
    assert "差 0 项、10 万元" in table["合计", ""].cells[6]
    assert codes == [rules.LATE_TITLE] * 2 + [rents.UNINSPECTED] * 2 + [checking.TOTAL_OFF]


@pytest.mark.parametrize(("report", "title"), [("totals", "资产总账"), ("details", "资产明细")])
def test_every_number_of_a_report_opens_to_the_rows_it_counts(
    report: str, title: str, books: list[Asset], client_of: Any
) -> None:
    bob = client_of("bob")
    page = bob.get(f"/funds/assets/{report}/")
    assert title in page.content.decode()
    answer = bob.get(f"/api/v1/funds/assets/reports/{report}/").json()
    assert answer["title"] == title
    for cells, urls in zip(answer["rows"], answer["opens"], strict=True):
        for url in filter(None, urls):
            opened = bob.get(url)
            assert opened.status_code == 200
            if report == "totals" and "/funds/asset/?" in url:
                found = bob.get(url.replace("/funds/", "/api/v1/funds/")).json()
                assert len(found["items"]) == cells[2]
    for form in ("xlsx", "docx"):
        file = bob.get(f"/funds/assets/{report}/?format={form}")
        assert file.status_code == 200
        assert bob.get(f"/api/v1/funds/assets/reports/{report}/file/?format={form}").content[:2] == b"PK"


def test_a_title_ends_the_wait_and_only_then_an_asset_is_let(books: list[Asset], cast: Any) -> None:
    pk = books[0].pk
    with context.acting(cast.actor("bob")) as current:
        told = {"actor": current.actor, "row_version": 1}
        with pytest.raises(RuleViolated):
            actions.move_asset(pk, standing="leased", since=date(2021, 6, 1), reason="出租", **told)
        day = date(2021, 6, 1)
        titled = actions.register_title(
            pk, certificate_number="Z1", titled_on=day, transferred_on=day, **told
        )
        assert (titled.standing, titled.standing_since) == ("in_use", day)
        told["row_version"] = 2
        moved = actions.move_asset(pk, standing="leased", since=date(2021, 7, 1), reason="出租", **told)
        assert moved.standing == "leased"
        assert [one.code for one in checking.findings()].count(rules.LATE_TITLE) == 1


def test_the_path_of_the_money_stands_beside_an_asset(books: list[Asset], sign_in: Any) -> None:
    text = sign_in("bob").get(f"/funds/asset/{books[0].pk}/").content.decode()
    for shown in ("资金到资产", "演示项目", "900,000.00 元", "300,000.00 元"):
        assert shown in text


def test_limits_of_an_installation_are_dated_and_say_that_they_are_examples(cast: Any) -> None:
    assert lookup.limits_on(date(2021, 9, 1)) == rules.Limits(title_months=6, idle_months=3)
    assert lookup.limits_on(date(2019, 9, 1)) == rules.Limits()


def test_sources_never_come_to_more_than_the_asset_is_worth(books: list[Asset], cast: Any) -> None:
    own = {"side": "west", "owner_unit": cast.mt_labour, "state": State.SUBMITTED}
    with context.unscoped("test"):
        made = AssetSource.objects.get(asset=books[1])
    with context.unscoped("test"), pytest.raises(IntegrityError, match="more than there is"):
        AssetSource.objects.create(
            **own, asset=books[0], project_id=made.project_id, source_level="city", amount=D("0.01")
        )
