"""History in words: who, when, which field from what to what, and why."""

from datetime import date
from decimal import Decimal
from typing import Any

from kernel.surfaces.conftest import advance
from kernel.surfaces.reading import WORKSHOPS, page, words
from shanhai.kernel import actions, context


def told(response: Any) -> list[str]:
    return [" ".join(entry.get_text(" ").split()) for entry in page(response).select("#entries ul.rows > li")]


def change(cast: Any, ledger: Any, row: Any, who: str, reason: str = "", **values: Any) -> Any:
    with context.acting(cast.actor(who), reason=reason) as current:
        return actions.save_row(ledger, row, values, actor=current.actor, row_version=row.row_version)


def test_changes_are_told_in_the_words_of_the_form(cast: Any, ledger: Any, make: Any, sign_in: Any) -> None:
    row = make("A1", kind="home", cost=Decimal("5"))
    change(
        cast, ledger, row, "carol", "更正", kind="farm", cost=Decimal("1000"), is_certified=True,
        opened_on=date(2021, 3, 1), place=cast.baijiao,
    )  # fmt: skip
    latest, first = told(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/history/"))
    assert latest.startswith("修改 2021-") or "修改" in latest
    for part in (
        "carol · 区乡村振兴局", "理由：更正", "类型 居家式 → 种养式", "年度经费（元） 5.00 → 1,000.00",
        "已认定 否 → 是",
        "设立日期 空 → 2021-03-01", "所在地 空 → 白蕉镇",
    ):  # fmt: skip
        assert part in latest, latest
    assert "新增" in first and "alice · 区人力资源和社会保障局" in first


def test_sensitive_values_are_masked_before_and_after(
    cast: Any, ledger: Any, make: Any, sign_in: Any, identity: Any
) -> None:
    row = make("A1", keeper_identity=identity(1))
    change(cast, ledger, row, "alice", keeper_identity=identity(2))
    response = sign_in("alice").get(f"{WORKSHOPS}{row.pk}/history/")
    assert "********" in told(response)[0]
    assert identity(1) not in response.content.decode() and identity(2) not in response.content.decode()


def test_steps_are_told_by_their_names(cast: Any, ledger: Any, make: Any, sign_in: Any) -> None:
    row = make("A1", state="returned")
    row = advance(cast, ledger, row, "verified", "alice")
    verbs = [entry.split()[0] for entry in told(sign_in("alice").get(f"{WORKSHOPS}{row.pk}/history/"))]
    assert verbs == ["核实", "提交", "退回", "提交", "新增"]


def test_the_other_side_reads_only_what_was_reported(cast: Any, ledger: Any, make: Any, sign_in: Any) -> None:
    row = make("A1", note="草稿里的话")
    change(cast, ledger, row, "alice", note="报出去的话")
    row = advance(cast, ledger, row, "verified", "alice")
    response = sign_in("bob").get(f"{WORKSHOPS}{row.pk}/history/")
    assert [entry.split()[0] for entry in told(response)] == ["核实", "提交"]
    assert "草稿里的话" not in words(response)


def test_history_of_a_row_out_of_sight_is_not_found(make: Any, sign_in: Any) -> None:
    assert sign_in("alice").get(f"{WORKSHOPS}{make('B1', by='bob').pk}/history/").status_code == 404


def test_a_long_history_has_pages(cast: Any, ledger: Any, make: Any, sign_in: Any) -> None:
    row = make("A1")
    for number in range(1, 56):
        row = change(cast, ledger, row, "alice", workers=number)
    client = sign_in("alice")
    first = client.get(f"{WORKSHOPS}{row.pk}/history/")
    rest = client.get(page(first).select_one("a[rel=next]")["href"])  # type: ignore[index]
    assert len(told(first)) == 50 and len(told(rest)) == 6
