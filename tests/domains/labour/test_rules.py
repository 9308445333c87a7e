"""Rules over employment: pure, no database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shanhai.domains.labour import rules
from shanhai.domains.labour.rules import Month, Spell

YEAR = date(2021, 1, 1)
LABELS = {"paired_city": "东部结对市", "elsewhere": "其他省"}


def spell(
    number: int,
    started: str,
    ended: str = "",
    *,
    unit: str = "永兴镇",
    side: str = "west",
    place: str = "elsewhere",
) -> Spell:
    return Spell(
        number,
        "one person",
        side,
        unit,
        unit,
        f"第{number}厂",
        place,
        date.fromisoformat(started),
        date.fromisoformat(ended) if ended else None,
    )


class TestMonthsInPost:
    def test_a_month_counts_once_and_in_its_calendar_year(self) -> None:
        months = [
            Month(1, "a", "2020-12", True),
            Month(2, "a", "2021-01", True),
            Month(3, "a", "2021-02", True),
            Month(4, "a", "2021-02", True),
            Month(5, "a", "2021-03", False),
            Month(6, "b", "2021-03", True),
        ]
        assert rules.months_in_post(months) == {"a": {2020: 1, 2021: 2}, "b": {2021: 1}}

    @pytest.mark.parametrize(("months", "expected"), [(2, False), (3, True), (4, True)])
    def test_stable_means_at_least_the_months_in_force(self, months: int, expected: bool) -> None:
        assert rules.is_stable(months, Decimal(3)) is expected


class TestSimultaneous:
    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            (("2021-01-01", "2021-03-31"), ("2021-03-30", ""), ["overlap"]),
            (("2021-01-01", "2021-03-31"), ("2021-03-31", ""), []),
            (("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-05-01"), []),
            (("2021-01-01", ""), ("2021-04-01", "2021-05-01"), ["overlap"]),
            (("2021-01-01", ""), ("2021-01-01", ""), ["overlap"]),
        ],
    )
    def test_two_spells_overlap_when_they_share_a_working_day(
        self, first: tuple[str, str], second: tuple[str, str], expected: list[str]
    ) -> None:
        found = rules.simultaneous([spell(1, *first), spell(2, *second)])
        assert [finding.code for finding in found] == expected

    def test_two_units_with_the_same_person_are_told_apart_from_one_with_two_jobs(self) -> None:
        found = list(
            rules.simultaneous([spell(1, "2021-01-01"), spell(2, "2021-01-04", unit="富山工业园管委会")])
        )
        assert [finding.code for finding in found] == ["filed_twice"]
        assert found[0].rows == (2, 1)
        assert "富山工业园管委会与永兴镇都填了此人" in found[0].sentence

    def test_the_same_person_filed_by_both_sides_is_no_double_counting(self) -> None:
        assert not list(rules.simultaneous([spell(1, "2021-01-01"), spell(2, "2021-01-01", side="east")]))

    def test_a_long_spell_is_remembered_behind_a_short_one(self) -> None:
        spells = [spell(1, "2021-01-01"), spell(2, "2021-02-01", "2021-02-10"), spell(3, "2021-05-01")]
        assert [finding.rows for finding in rules.simultaneous(spells)] == [(2, 1), (3, 1)]

    def test_a_single_day_is_held_against_what_began_before_it(self) -> None:
        spells = [
            spell(1, "2021-01-01", "2021-01-11"),
            spell(2, "2021-01-06", "2021-01-26"),
            spell(3, "2021-01-06", "2021-01-06"),
        ]
        assert [finding.rows for finding in rules.simultaneous(spells)] == [(2, 1), (3, 1)]

    @example(days=[(0, 10, "a"), (5, 20, "a"), (5, 0, "a")])
    @given(
        st.lists(
            st.tuples(st.integers(0, 200), st.one_of(st.none(), st.integers(0, 90)), st.sampled_from("ab")),
            max_size=8,
        )
    )
    def test_every_spell_that_meets_an_earlier_one_is_found_once(
        self, days: list[tuple[int, int | None, str]]
    ) -> None:
        spells = [
            Spell(
                number,
                "one",
                "west",
                unit,
                unit,
                "厂",
                "county",
                YEAR + timedelta(days=start),
                None if length is None else YEAR + timedelta(days=start + length),
            )
            for number, (start, length, unit) in enumerate(days)
        ]
        ordered = sorted(spells, key=lambda one: (one.started_on, str(one.id)))
        slow = {
            later.id
            for position, later in enumerate(ordered)
            if any(earlier.meets(later) for earlier in ordered[:position])
        }
        found = [finding.rows[0] for finding in rules.simultaneous(spells)]
        assert set(found) == slow
        assert len(found) == len(slow)


class TestDifferingSides:
    def test_places_that_contradict_each_other_are_found_from_both_sides(self) -> None:
        here = spell(1, "2021-01-01")
        there = spell(2, "2021-02-01", side="east", place="paired_city")
        found = list(rules.differing_sides([here, there], LABELS))
        assert [finding.rows for finding in found] == [(1, 2), (2, 1)]
        assert "本方填就业地为其他省，对方填东部结对市" in found[0].sentence

    def test_one_row_of_the_other_side_that_agrees_is_enough(self) -> None:
        spells = [
            spell(1, "2021-01-01", place="paired_city"),
            spell(2, "2021-01-01", "2021-03-01", side="east"),
            spell(3, "2021-03-01", side="east", place="paired_city"),
        ]
        assert [finding.rows[0] for finding in rules.differing_sides(spells, LABELS)] == [2]

    def test_spells_at_different_times_contradict_nothing(self) -> None:
        spells = [
            spell(1, "2021-01-01", "2021-02-01"),
            spell(2, "2021-02-01", side="east", place="paired_city"),
        ]
        assert not list(rules.differing_sides(spells, LABELS))


class TestWages:
    def test_missing_and_unlikely_wages_of_months_in_post_are_found(self) -> None:
        months = [
            Month(1, "a", "2021-01", True, None),
            Month(2, "a", "2021-02", False, None),
            Month(3, "a", "2021-03", True, Decimal(5200)),
            Month(4, "a", "2021-04", True, Decimal(52000)),
        ]
        found = list(rules.wages(months, Decimal(30000)))
        assert [(finding.code, finding.rows) for finding in found] == [
            ("wage_missing", (1, "a")),
            ("wage_high", (4, "a")),
        ]
        assert found[1].sentence == "2021-04 月工资 52,000 元，高于核对线 30,000 元，请核对。"

    def test_without_a_line_in_force_no_wage_is_too_high(self) -> None:
        assert not list(rules.wages([Month(1, "a", "2021-01", True, Decimal(10**6))], None))
