"""A benchmark compares equal work, or refuses to give a figure."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from shanhai.ops.bench import BENCHMARKS, ResultsDiffer, run
from shanhai.ops.cli import main


def test_a_report_gives_both_sides_and_the_ratio_pair_by_pair() -> None:
    printed = CliRunner().invoke(main, ["bench", "sheets", "--json", "--rows", "50", "--rounds", "1"])
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert report["result"].startswith("50 rows ")
    assert report["ratio"]["median"] > 0
    assert set(report["ours"]) == set(report["rival_figures"]) == {"wall_s", "cpu_s", "peak_mb"}


def test_contenders_with_different_results_give_no_figure() -> None:
    crooked = replace(BENCHMARKS["sheets"], rival="os.path:basename")
    with pytest.raises(ResultsDiffer):
        run(crooked, rows=20, rounds=1)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    printed = CliRunner().invoke(main, ["bench", "nothing"])
    assert printed.exit_code != 0
    assert "sheets" in printed.output


def test_matching_is_judged_against_the_optimum_and_its_own_bound() -> None:
    asked = ["bench", "match", "--json", "--workers", "300", "--orders", "20", "--rounds", "1"]
    printed = CliRunner().invoke(main, asked)
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert 0.9999 <= report["of_bound"] <= report["of_optimum"] <= 1
    rivals = report["rivals"]
    assert rivals["first_come"]["of_bound"] < rivals["greedy_best_pair"]["of_bound"] < report["of_bound"]
    assert rivals["highs"]["of_bound"] == rivals["scipy_assignment"]["of_bound"] >= report["of_bound"]


@pytest.mark.soak
def test_exports_are_measured_in_every_format_and_counted() -> None:
    printed = CliRunner().invoke(main, ["bench", "export", "--json", "--rows", "60", "--rounds", "1"])
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    assert report["result"].startswith("57 rows ")
    assert [report[form]["counted"] for form in ("csv", "xlsx", "parquet")] == [60, 60, 60]


@pytest.mark.soak
def test_people_at_their_work_are_answered_rightly_while_the_rate_rises_and_jumps() -> None:
    printed = CliRunner().invoke(main, ["bench", "load", "--json", "--rows", "3000", "--minutes", "0.3"])
    assert printed.exit_code == 0, printed.output
    report = json.loads(printed.stdout)
    phases = [*report["steps"], report["steady"], report["spike"]]
    assert [one["wrong"] for one in phases if one["wrong"]] == []
    assert sum(one["server_errors"] for one in phases) == 0
    assert report["steady"]["cores"]["people"] < 1
