"""What may be done with a bulletin, by whom, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shanhai.domains.appraisal import actions
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin, redraft
from shanhai.domains.appraisal.bulletin_rights import get_bulletin
from shanhai.domains.appraisal.composing import Parts, document_of
from shanhai.domains.appraisal.freshness import stale_figures
from shanhai.domains.appraisal.models import Bulletin, BulletinFigure, BulletinReceipt
from shanhai.domains.appraisal.receipts import receive_bulletin, remind_units
from shanhai.engines.values import Period
from shanhai.kernel.documents.docx import write_docx
from shanhai.kernel.documents.stored import digest
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.evidence.store import read
from shanhai.kernel.models import HistoryEntry
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Side

QUARTER = Period.parse("2021Q3")


def figure(bulletin: Bulletin, key: str) -> BulletinFigure:
    found: BulletinFigure = bulletin.figures.get(key=key)
    return found


@pytest.fixture
def issued(bulletin: Bulletin, as_actor: Any) -> Bulletin:
    with as_actor("wang") as wang:
        actions.issue_bulletin(bulletin, actor=wang)
    return bulletin


@pytest.mark.parametrize("username", ["bob", "vera", "carol", "dave", "eve", "root"])
def test_only_the_coordinator_of_the_side_drafts(filed: Any, as_actor: Any, username: str) -> None:
    with as_actor(username) as actor, pytest.raises(NotAllowed):
        draft_bulletin(Side.WEST, QUARTER, actor=actor)


@pytest.mark.parametrize(
    ("username", "sees_draft", "sees_issued"),
    [
        ("wang", True, True),
        ("bob", False, True),
        ("vera", False, True),
        ("carol", False, False),
        ("dave", False, False),
        ("root", False, False),
        ("eve", False, False),
    ],
)
def test_a_draft_is_the_coordinators_and_an_issued_bulletin_its_sides(
    bulletin: Bulletin, as_actor: Any, username: str, sees_draft: bool, sees_issued: bool
) -> None:
    with as_actor(username) as actor:
        assert Bulletin.objects.visible_to(actor).exists() is sees_draft
    with as_actor("wang") as wang:
        actions.issue_bulletin(bulletin, actor=wang)
    with as_actor(username) as actor:
        assert Bulletin.objects.visible_to(actor).exists() is sees_issued
        if not sees_issued:
            with pytest.raises(NotVisible):
                get_bulletin(bulletin.pk, actor=actor)


def test_the_units_that_see_it_may_not_change_it(issued: Bulletin, as_actor: Any) -> None:
    with as_actor("bob") as bob, pytest.raises(NotAllowed):
        get_bulletin(issued.pk, actor=bob, verb=Verb.ISSUE)


def test_a_period_has_one_bulletin_until_it_is_withdrawn(issued: Bulletin, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated, match="已有通报"):
            draft_bulletin(Side.WEST, QUARTER, actor=wang)
        actions.withdraw_bulletin(issued, "数据有误", actor=wang)
        again = draft_bulletin(Side.WEST, QUARTER, actor=wang)
    assert again.number != issued.number


def test_nothing_is_drafted_about_the_future(filed: Any, as_actor: Any) -> None:
    with as_actor("wang") as wang, pytest.raises(RuleViolated, match="还没有开始"):
        draft_bulletin(Side.WEST, Period.parse("2021Q4"), actor=wang)


def test_a_stale_number_stands_in_the_way_of_issuing(
    bulletin: Bulletin, change: Callable[[], None], as_actor: Any
) -> None:
    change()
    with as_actor("wang") as wang, pytest.raises(RuleViolated, match="TOY-1"):
        actions.issue_bulletin(bulletin, actor=wang)
    bulletin.refresh_from_db()
    assert bulletin.is_draft


def test_refreshing_every_stale_number_clears_the_way(
    bulletin: Bulletin, change: Callable[[], None], as_actor: Any
) -> None:
    change()
    with as_actor("wang") as wang:
        for one in stale_figures(Parts.of(bulletin)):
            actions.refresh_figure(bulletin, one.figure.pk, actor=wang)
        assert figure(bulletin, "TOY-1").value == 11 + 12 + 13 + 14 + 15 + 900
        actions.issue_bulletin(bulletin, actor=wang)
    assert bulletin.state == Bulletin.State.ISSUED


def test_a_number_is_kept_for_a_reason_until_it_changes_once_more(
    bulletin: Bulletin, change: Callable[..., None], as_actor: Any
) -> None:
    change()
    with as_actor("wang") as wang:
        before = figure(bulletin, "TOY-1").value
        with pytest.raises(RuleViolated, match="理由"):
            actions.keep_figure(bulletin, figure(bulletin, "TOY-1").pk, " ", actor=wang)
        for one in stale_figures(Parts.of(bulletin)):
            actions.keep_figure(bulletin, one.figure.pk, "以会议确认数为准", actor=wang)
        assert not any(one.is_open for one in stale_figures(Parts.of(bulletin)))
        assert figure(bulletin, "TOY-1").value == before
        change(901)
        assert any(one.is_open for one in stale_figures(Parts.of(bulletin)))
    assert HistoryEntry.objects.filter(reason="以会议确认数为准").exists()


def test_drafting_anew_takes_every_number_and_leaves_edited_words(
    bulletin: Bulletin, change: Callable[[], None], as_actor: Any
) -> None:
    words = "本季件数{TOY-1}，请各单位再接再厉。"
    with as_actor("wang") as wang:
        actions.edit_bulletin(bulletin, actor=wang, version=bulletin.version, head={}, texts={"toys": words})
    change()
    with as_actor("wang") as wang:
        redraft(bulletin, actor=wang)
        assert not stale_figures(Parts.of(bulletin))
    assert bulletin.slots.get(key="toys").text == words
    assert figure(bulletin, "TOY-1").value == 965


def test_a_free_digit_is_refused_with_its_sentence_and_nothing_is_saved(
    bulletin: Bulletin, as_actor: Any
) -> None:
    texts = {"toys": "本季件数96件，同比增长三成。", "overview": "改了。"}
    with as_actor("wang") as wang, pytest.raises(RuleViolated) as refused:
        actions.edit_bulletin(bulletin, actor=wang, version=bulletin.version, head={}, texts=texts)
    assert set(refused.value.problems) == {"toys"}
    assert "“96”是直接写的数字" in refused.value.problems["toys"][0]
    assert not bulletin.slots.filter(edited_at__isnull=False).exists()


def test_dates_ordinals_and_document_numbers_may_be_written(bulletin: Bulletin, as_actor: Any) -> None:
    text = "按照〔2021〕3号文件要求，2021年9月30日前完成第三期填报，件数{TOY-1}。"
    with as_actor("wang") as wang:
        actions.edit_bulletin(bulletin, actor=wang, version=1, head={}, texts={"toys": text})
    assert bulletin.slots.get(key="toys").edited_by == "wang"


def test_a_name_that_stands_for_no_figure_is_refused(bulletin: Bulletin, as_actor: Any) -> None:
    with as_actor("wang") as wang, pytest.raises(RuleViolated, match=r"\{TOY-99\} 没有对应的数据"):
        actions.edit_bulletin(bulletin, actor=wang, version=1, head={}, texts={"toys": "件数{TOY-99}。"})


def test_who_saves_over_anothers_words_is_told(bulletin: Bulletin, as_actor: Any) -> None:
    with as_actor("wang") as wang:
        actions.edit_bulletin(bulletin, actor=wang, version=1, head={}, texts={"overview": "先改。"})
        with pytest.raises(Conflict):
            actions.edit_bulletin(bulletin, actor=wang, version=1, head={}, texts={"overview": "后改。"})


def test_an_issued_bulletin_changes_by_no_action(issued: Bulletin, as_actor: Any) -> None:
    key = figure(issued, "TOY-1").pk
    with as_actor("wang") as wang:
        for attempt in (
            lambda: redraft(issued, actor=wang),
            lambda: actions.refresh_figure(issued, key, actor=wang),
            lambda: actions.keep_figure(issued, key, "理由", actor=wang),
            lambda: actions.issue_bulletin(issued, actor=wang),
            lambda: actions.edit_bulletin(issued, actor=wang, version=2, head={}, texts={}),
        ):
            with pytest.raises(RuleViolated, match="已签发"):
                attempt()


@pytest.mark.parametrize("part", ["text", "figure", "slot", "figure_added", "deleted"])
def test_the_database_itself_keeps_an_issued_bulletin(issued: Bulletin, as_actor: Any, part: str) -> None:
    attempts: dict[str, Callable[[], Any]] = {
        "text": lambda: Bulletin.objects.filter(pk=issued.pk).update(title="另一个标题"),
        "figure": lambda: issued.figures.update(value=1),
        "slot": lambda: issued.slots.update(text="改了"),
        "figure_added": lambda: BulletinFigure.objects.filter(pk=issued.figures.first().pk).delete(),
        "deleted": lambda: Bulletin.objects.filter(pk=issued.pk)._raw_delete("default"),
    }
    with as_actor("wang"), pytest.raises(IntegrityError, match="cannot change"), transaction.atomic():
        attempts[part]()


def test_the_hash_is_of_the_text_and_the_files_are_the_ones_issued(
    issued: Bulletin, change: Callable[[], None], as_actor: Any
) -> None:
    change()
    with as_actor("wang") as wang:
        found = get_bulletin(issued.pk, actor=wang)
        document = document_of(Parts.of(found))
        assert digest(document) == found.digest
        assert found.word is not None
        assert read(found.word) == write_docx(document)


def test_a_withdrawn_bulletin_keeps_text_reason_and_receipts(issued: Bulletin, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        receive_bulletin(issued, bob.grants[0].unit_id, "已阅", actor=bob)
    with as_actor("wang") as wang:
        with pytest.raises(RuleViolated, match="理由"):
            actions.withdraw_bulletin(issued, "", actor=wang)
        actions.withdraw_bulletin(issued, "统计口径有误", actor=wang)
    issued.refresh_from_db()
    assert issued.frozen
    assert issued.withdrawal_reason == "统计口径有误"
    assert issued.receipts.filter(received_at__isnull=False).count() == 1


def test_a_unit_receives_once_with_person_and_time(issued: Bulletin, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        unit = bob.grants[0].unit_id
        receipt = receive_bulletin(issued, unit, " 已阅，无意见 ", actor=bob)
        assert (receipt.received_by, receipt.remark) == ("bob", "已阅，无意见")
        with pytest.raises(RuleViolated, match="已由bob于2021-09-24"):
            receive_bulletin(issued, unit, "", actor=bob)


def test_nobody_receives_for_another_unit_or_before_the_issue(
    bulletin: Bulletin, filed: Any, as_actor: Any
) -> None:
    with as_actor("bob") as bob:
        with pytest.raises(NotAllowed):
            receive_bulletin(bulletin, filed.towns[0].pk, "", actor=bob)
        with pytest.raises(RuleViolated, match="不在生效中"):
            receive_bulletin(bulletin, bob.grants[0].unit_id, "", actor=bob)


def test_a_reminder_reaches_only_units_without_a_receipt(issued: Bulletin, as_actor: Any) -> None:
    with as_actor("bob") as bob:
        receive_bulletin(issued, bob.grants[0].unit_id, "", actor=bob)
    with as_actor("wang") as wang:
        assert remind_units(issued, actor=wang) == 12
    assert BulletinReceipt.objects.filter(reminded_at__isnull=True).count() == 1
