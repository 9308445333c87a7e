"""The two sides on one indicator: what each says, when it is settled, who sees what, who says it in print."""

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from kernel.surfaces.reading import words
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.composing import Parts, compose_document
from shanhai.domains.appraisal.models import SideOpinion
from shanhai.domains.appraisal.reconciling.standing import standing
from shanhai.engines.values import Period
from shanhai.kernel import context
from shanhai.kernel.documents.bound import check_bound
from shanhai.kernel.indicators.reconcile import Match, pairs
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.workflow import State
from toys.models import Output, Workshop

QUARTER = Period.parse("2021Q3")
SIDES = "/appraisal/indicators/TOY-1/sides/"
ASKED = "?period=2021Q3&side=west"


@pytest.fixture
def both(cast: Any) -> Any:
    """A differs by one piece, B is equal, C only west has; P is the west's own secret."""
    rows = [("A", Side.EAST, 20), ("A", Side.WEST, 21), ("B", Side.EAST, 5), ("B", Side.WEST, 5)]
    with context.unscoped("toys"):
        for code, side, pieces in (*rows, ("C", Side.WEST, 7), ("P", Side.WEST, 100)):
            unit = cast.mt_labour if side == Side.WEST else cast.dm_labour
            kept = {"side": side, "owner_unit": unit, "place": cast.yongxing, "state": State.VERIFIED}
            shop = Workshop.objects.create(
                code=code, name=code, opened_on=date(2020, 10, 1), is_certified=True, **kept
            )
            sharing = Sharing.PRIVATE if code == "P" else Sharing.SHARED
            Output.objects.create(
                workshop=shop, period="2021-08", pieces=pieces, amount=Decimal(1), sharing=sharing, **kept
            )
    return cast


def marks(as_actor: Any, who: str = "wang") -> dict[str, str]:
    with as_actor(who):
        return {pair.key[0] or "": pair.mark for match in Match for pair in pairs("TOY-1", QUARTER, match)}


def say(sign_in: Any, who: str, mark: str, choice: str, reason: str = "") -> Any:
    client = sign_in(who)
    return client.post(f"{SIDES}{mark}/{ASKED}", {"choice": choice, "reason": reason}, follow=True)


def open_now(as_actor: Any, who: str) -> tuple[int, int]:
    with as_actor(who):
        found = standing("TOY-1", QUARTER)
    return found.open, found.apart


def test_a_difference_is_settled_when_both_keep_it_apart_and_anew_when_a_value_changes(
    both: Any, as_actor: Any, sign_in: Any
) -> None:
    mark = marks(as_actor)
    assert "分别保留须写明理由" in words(say(sign_in, "wang", mark["A"], "apart"))
    say(sign_in, "wang", mark["A"], "apart", "统计口径不同")
    assert open_now(as_actor, "wang") == open_now(as_actor, "carol") == (2, 0)
    page = say(sign_in, "carol", mark["A"], "apart", "按到岗日计")
    assert "统计口径不同" in words(page) and "按到岗日计" in words(page)
    say(sign_in, "carol", mark["C"], "theirs")
    assert open_now(as_actor, "wang") == open_now(as_actor, "carol") == (1, 1)
    with context.unscoped("test"):
        Output.objects.filter(workshop__code="A", side="west").update(pieces=22)
        Output.objects.filter(workshop__code="C").update(state=State.VOIDED)
    assert open_now(as_actor, "wang") == (1, 0)
    gone = sign_in("carol").get(f"{SIDES}{mark['A']}/{ASKED}")
    assert gone.status_code == 409 and "这处差异已经变了" in words(gone)
    with context.unscoped("test"):
        Output.objects.filter(workshop__code="A", side="west").update(pieces=20)
    assert open_now(as_actor, "carol") == (0, 0)
    assert "两侧已核对一致" in words(sign_in("carol").get(SIDES + ASKED))


def test_nobody_sees_or_decides_on_what_the_other_side_has_not_shared(
    both: Any, as_actor: Any, sign_in: Any
) -> None:
    mark = marks(as_actor)
    assert "P" in mark and "P" not in marks(as_actor, "carol")
    for path in (f"{SIDES}{mark['P']}/{ASKED}", f"/api/v1/indicators/TOY-1/sides/{ASKED}&match=only_west"):
        assert mark["P"] not in sign_in("carol").get(path).content.decode()
    book = sign_in("carol").get(f"{SIDES}differences/{ASKED}")
    cells = [cell.value for row in load_workbook(io.BytesIO(book.content)).worksheets[0] for cell in row]
    assert "C" in cells and "P" not in cells
    assert "只对双方都看得到" in words(say(sign_in, "wang", mark["P"], "apart", "秘密"))
    assert "本方另有 1 处未共享" in words(sign_in("wang").get(SIDES + ASKED))
    assert "未共享" not in words(sign_in("carol").get(SIDES + ASKED)).replace("本方未共享的先共享", "")
    with context.unscoped("test"):
        assert not SideOpinion.objects.exists()


def test_only_who_manages_figures_speaks_for_a_side(both: Any, as_actor: Any, sign_in: Any) -> None:
    mark = marks(as_actor)
    assert say(sign_in, "bob", mark["A"], "ours").status_code == 403
    client, body = sign_in("carol"), {"mark": mark["A"], "choice": "ours"}
    made = client.post(
        f"/api/v1/indicators/TOY-1/sides/opinions/{ASKED}", body, content_type="application/json"
    )
    assert made.status_code == 201 and made.json()["choice"] == "ours"
    told = client.get(f"/api/v1/indicators/TOY-1/sides/{ASKED}&match=different").json()
    assert (told["standing"], told["open"], told["items"][0]["effect"]) == ("open", 2, "1")
    assert told["items"][0]["opinions"]["east"]["choice"] == "ours"


def test_a_bulletin_that_prints_an_unreconciled_figure_says_so_until_it_is_settled(
    both: Any, as_actor: Any, sign_in: Any
) -> None:
    with as_actor("wang") as wang:
        bulletin = draft_bulletin(Side.WEST, QUARTER, actor=wang)
        document = compose_document(Parts.of(bulletin), date(2021, 10, 1))
        assert not check_bound(document)
    page = words(sign_in("wang").get(f"/appraisal/bulletins/{bulletin.pk}/"))
    assert "两侧未核对：" in page and "2处" in page.replace(" ", "")
    mark = marks(as_actor)
    for who in ("wang", "carol"):
        for key in ("A", "C"):
            say(sign_in, who, mark[key], "apart", "口径不同")
    assert "两侧未核对" not in words(sign_in("wang").get(f"/appraisal/bulletins/{bulletin.pk}/"))
