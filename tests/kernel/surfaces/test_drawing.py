"""Charts drawn on the server: their places, gaps, scales, and the table that says the same."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from shanhai.kernel.surfaces.drawing import Curve, Point, Step, _top, curves_chart, steps_chart


def test_the_longest_step_fills_the_width_and_an_unknown_one_is_told() -> None:
    chart = steps_chart(
        "s",
        "成效",
        [Step("报名", 40, "40 人", "/a"), Step("取证", 10, "10 人"), Step("就业", None, "期限未满")],
        "人",
    )
    assert [one["width"] for one in chart["steps"]["bars"]] == ["100.00%", "25.00%", "0.00%"]
    drawn = render_to_string("kernel/components/chart.html", {"chart": chart})
    assert drawn.count('href="/a"') == 2  # drawn and in the table
    assert 'stroke-dasharray="4 4"' in drawn
    assert "期限未满" in drawn
    assert "data-shanhai-chart" not in drawn
    assert "style=" not in drawn


def test_a_curve_has_gaps_where_nothing_is_known_and_its_table_has_every_category() -> None:
    points = [Point(1, "1", "/1"), Point(None), Point(3, "3"), Point(4, "4")]
    curves = [Curve("甲", points), Curve("乙", [Point(2, "2")] * 4)]
    chart = curves_chart("c", "走势", "月份", ["1", "2", "3", "4"], curves, unit="人")
    first, second = chart["curves"]["curves"]
    assert (len(first["pieces"]), len(first["marks"])) == (1, 3)
    assert (len(second["pieces"]), len(second["marks"])) == (3, 4)
    assert (first["color"], first["dash"], first["mark"]) != (second["color"], second["dash"], second["mark"])
    assert [row["cells"][1]["text"] for row in chart["table"]["rows"]] == ["1", "", "3", "4"]
    drawn = render_to_string("kernel/components/chart.html", {"chart": chart})
    assert "<title>甲 1 1</title>" in drawn
    assert drawn.count("<line") == 5 + 4 + 2  # the scale, the pieces, the key


def test_of_many_categories_the_last_is_named_and_some_before() -> None:
    names = [str(number) for number in range(1, 13)]
    chart = curves_chart("c", "t", "h", names, [Curve("甲", [Point(1, "1")] * 12)], unit="%", most=100)
    assert [one["text"] for one in chart["curves"]["names"]] == ["2", "4", "6", "8", "10", "12"]
    assert [one["text"] for one in chart["curves"]["lines"]] == ["0", "25", "50", "75", "100"]


def test_long_names_are_fewer_so_that_they_do_not_touch_on_a_phone() -> None:
    names = [f"2021-{number:02}" for number in range(1, 13)]
    chart = curves_chart("c", "t", "h", names, [Curve("甲", [Point(1, "1")] * 12)], unit="人")
    assert [one["text"] for one in chart["curves"]["names"]] == ["2021-03", "2021-06", "2021-09", "2021-12"]


@pytest.mark.parametrize(("most", "top"), [(0, 4), (1, 4), (5, 8), (9, 12), (41, 80), (400, 400), (401, 800)])
def test_the_scale_ends_in_a_whole_number(most: int, top: int) -> None:
    assert _top(most) == top


@given(st.decimals(0, 10**9, places=2))
def test_the_scale_holds_every_value_and_is_not_far_above(most: Decimal) -> None:
    assert most <= _top(most) <= max(4, 2 * most)
