"""Settlements are cleared once, confirmed and paid by the other county; whatever happens no fen is lost."""

import json
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse

from shanhai.domains.insurance import bookkeeping, clearing, clearing_files, disputes, interface, rules
from shanhai.domains.insurance.actions import reverse_settlement, settle_visit
from shanhai.domains.insurance.models import (
    Account,
    AgeingBand,
    Clearing,
    ClearingLine,
    ClearingStep,
    Dispute,
    LedgerEntry,
    MedicalVisit,
    Reconciliation,
    Settlement,
    SettlementDifference,
    Threshold,
)
from shanhai.kernel import clock, context
from shanhai.kernel.errors import Conflict, NotAllowed, NotVisible, RuleViolated, ShanhaiError

from .conftest import SINCE, visit

NOTHING = Decimal(0)
FUND = Decimal(30_672)  # of the worked example


@pytest.fixture
def ready(example: Any) -> Any:
    """Rules of clearing, and three visits to settle."""
    with context.unscoped("test"):
        for days in (0, 31, 61):
            AgeingBand.objects.create(since_days=days, valid_from=SINCE, source="演示")
        Threshold.objects.create(code="dispute_days", value=10, valid_from=SINCE, source="演示")
    later = [(8, 13, "ZY2"), (8, 22, "ZY3")]
    example.visits = [
        example.visit,
        *(visit(example, n, date(2021, m, d), date(2021, m, d + 7)) for m, d, n in later),
    ]
    return example


def new_clearing(example: Any, number: str = "QS1", **values: Any) -> Clearing:
    with context.unscoped("test"):
        return Clearing.objects.create(number=number, period="2021-09", **example.east | values)


def settle(example: Any, as_actor: Any, *which: int) -> list[Settlement]:
    with as_actor("alice") as alice:
        return [
            settle_visit(example.visits[one].pk, actor=alice, row_version=1) for one in which or (0, 1, 2)
        ]


def step(as_actor: Any, row: Clearing, kind: str, seen: int, **more: Any) -> None:
    who = "bob" if kind in clearing.OF_INSURED else "alice"
    with as_actor(who) as actor:
        clearing.take_step(row.pk, kind, actor=actor, seen=seen, **more)


def balances() -> dict[str, Decimal]:
    with context.unscoped("test"):
        found = {one.value: bookkeeping.balance(LedgerEntry.objects.all(), one) for one in Account}
    assert sum(found.values()) == 0  # what is debited is credited
    return found


def test_a_month_is_asked_for_confirmed_paid_and_completed(ready: Any, as_actor: Any) -> None:
    made = settle(ready, as_actor)
    total = sum((one.pool + one.serious + one.assistance for one in made), NOTHING)
    row = new_clearing(ready)
    with as_actor("alice") as alice:
        bookkeeping.move_advance(Decimal(10_000), date(2021, 9, 1), "预付", actor=alice)
    step(as_actor, row, "requested", 0)
    with context.unscoped("test"):
        assert clearing.standing(row) == "requested"
        assert bookkeeping.total_of(row) == bookkeeping.outstanding(row) == total
    step(as_actor, row, "confirmed", 1)
    step(as_actor, row, "paid", 2, day=date(2021, 9, 20))
    with as_actor("alice") as alice, pytest.raises(RuleViolated, match="预付金只余"):
        clearing.take_step(row.pk, "completed", actor=alice, seen=3, from_advance=Decimal(10_001))
    step(as_actor, row, "completed", 3, from_advance=Decimal(10_000))
    found = balances()
    assert (found["receivable"], found["advance"], found["bank"]) == (0, 0, total)
    assert found["fronted"] == -total
    with as_actor("bob"):
        assert [one.number for one in row.lines.all()] == [one.number for one in made]  # both read it


def test_steps_are_refused_out_of_order_to_the_wrong_side_and_to_who_saw_less(
    ready: Any, as_actor: Any
) -> None:
    row = new_clearing(ready)
    with as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="到这个月末没有待清算的结算"):
            clearing.take_step(row.pk, "requested", actor=alice, seen=0)
        with pytest.raises(NotAllowed):
            clearing.take_step(row.pk, "confirmed", actor=alice, seen=0)
    settle(ready, as_actor, 0)
    step(as_actor, row, "requested", 0)
    with as_actor("alice") as alice:
        with pytest.raises(RuleViolated, match="现在是“清算申请”，不能办理“清算完成”"):
            clearing.take_step(row.pk, "completed", actor=alice, seen=1)
        with pytest.raises(RuleViolated, match="请写明撤销原因"):
            clearing.take_step(row.pk, "undone", actor=alice, seen=1)
    with as_actor("bob") as bob:
        with pytest.raises(Conflict):
            clearing.take_step(row.pk, "confirmed", actor=bob, seen=0)
        with pytest.raises(NotAllowed):
            clearing.take_step(row.pk, "undone", actor=bob, seen=1, reason="x")
        with pytest.raises(RuleViolated, match="403"):
            clearing.take_step(row.pk, "confirmed", actor=bob, seen=1, day=date(2031, 1, 1))
    with as_actor("dave") as auditor, pytest.raises(NotAllowed):
        clearing.take_step(row.pk, "undone", actor=auditor, seen=1, reason="x")
    draft = new_clearing(ready, "QS2", state="draft")
    with as_actor("bob") as bob, pytest.raises(NotVisible):
        clearing.take_step(draft.pk, "confirmed", actor=bob, seen=0)
    with as_actor("alice") as alice, pytest.raises(RuleViolated, match="400"):
        clearing.take_step(draft.pk, "requested", actor=alice, seen=0)


def test_a_settlement_is_in_one_clearing_by_the_database_and_free_again_when_it_is_undone(
    ready: Any, as_actor: Any
) -> None:
    (made,) = settle(ready, as_actor, 0)
    first, second = new_clearing(ready), new_clearing(ready, "QS2")
    step(as_actor, first, "requested", 0)
    with as_actor("alice") as alice, pytest.raises(RuleViolated, match="401"):
        clearing.take_step(second.pk, "requested", actor=alice, seen=0)
    with context.unscoped("test"), pytest.raises(IntegrityError), transaction.atomic():
        line = ClearingLine.objects.get()
        line.pk, line.clearing, line._state.adding = None, second, True
        ClearingLine(
            clearing=second,
            settlement=made,
            number="x",
            settled_on=made.settled_on,
            insurance="390",
            fund_paid=1,
        ).save(force_insert=True)
    step(as_actor, first, "undone", 1, reason="归集有误")
    assert set(balances().values()) == {NOTHING}
    step(as_actor, second, "requested", 0)
    with context.unscoped("test"):
        assert bookkeeping.total_of(second) == FUND


def test_what_hospital_and_bureau_do_not_agree_on_is_held_back(ready: Any, as_actor: Any) -> None:
    first, second = settle(ready, as_actor, 0, 1)
    with context.unscoped("test"):
        month = Reconciliation.objects.create(
            hospital=ready.hospital,
            period="2021-09",
            told_count=0,
            told_fee=0,
            told_fund=0,
            told_patient=0,
            **ready.east,
        )
        SettlementDifference.objects.create(
            reconciliation=month, settlement=first, number=first.number, kind="only_here", found_on=SINCE
        )
    row = new_clearing(ready)
    step(as_actor, row, "requested", 0)
    with context.unscoped("test"):
        assert [one.number for one in row.lines.all()] == [second.number]
        month.differences.update(resolution="keep")
    another = new_clearing(ready, "QS2")
    step(as_actor, another, "requested", 0)
    with context.unscoped("test"):
        assert [one.number for one in another.lines.all()] == [first.number]


def test_an_inquiry_has_a_clock_holds_the_payment_and_its_outcome_is_booked(
    ready: Any, as_actor: Any
) -> None:
    settle(ready, as_actor, 0)
    row = new_clearing(ready)
    step(as_actor, row, "requested", 0)
    with as_actor("bob") as bob:
        line = row.lines.get()
        asked = disputes.raise_dispute(row.pk, line.pk, "床位费", actor=bob)
        assert (asked.due_on - asked.raised_on).days == 10
        with pytest.raises(RuleViolated, match="408"):
            disputes.raise_dispute(row.pk, line.pk, "再问", actor=bob)
        clearing.take_step(row.pk, "confirmed", actor=bob, seen=1)
        with pytest.raises(RuleViolated, match="还有 1 件协查没有结论"):
            clearing.take_step(row.pk, "paid", actor=bob, seen=2)
        with pytest.raises(NotAllowed):
            disputes.answer_dispute(row.pk, asked.pk, refused_amount=NOTHING, reply="x", actor=bob)
    with as_actor("alice") as alice:
        with pytest.raises(NotAllowed):
            disputes.raise_dispute(row.pk, line.pk, "x", actor=alice)
        with pytest.raises(RuleViolated, match="411 核减应在 0 和这次结算余下的基金支付 30,672"):
            disputes.answer_dispute(row.pk, asked.pk, refused_amount=FUND + 1, reply="x", actor=alice)
        disputes.answer_dispute(row.pk, asked.pk, refused_amount=Decimal(72), reply="多计", actor=alice)
    step(as_actor, row, "paid", 2)
    with as_actor("bob") as bob, pytest.raises(RuleViolated, match="407"):
        disputes.raise_dispute(row.pk, line.pk, "晚了", actor=bob)
    step(as_actor, row, "completed", 3)
    found = balances()
    assert (found["receivable"], found["refused"], found["bank"]) == (0, 72, FUND - 72)


def test_pages_and_api_tell_the_same_and_the_file_is_right(ready: Any, as_actor: Any, client_of: Any) -> None:
    settle(ready, as_actor, 0, 1)
    row = new_clearing(ready)
    alice, bob = client_of("alice"), client_of("bob")
    take = reverse("insurance:take_clearing_step", args=[row.pk])
    alice.post(take, {"kind": "requested", "seen": "0"})
    shown = bob.get(reverse("insurance:clearing_sheet", args=[row.pk])).content.decode()
    assert "李演示" in shown and "ZY1-1" in shown and "清算确认" in shown  # by the name its own register has
    api = f"/api/v1/insurance/clearing/{row.pk}/"
    told = bob.get(f"{api}sheet/").json()
    assert (told["standing"], len(told["lines"]), told["total"]) == ("requested", 2, told["outstanding"])
    form = {"line": told["lines"][0]["id"], "inquiry": "费用"}
    asked = bob.post(f"{api}disputes/", json.dumps(form), content_type="application/json").json()
    assert "还剩 10 天" in alice.get(reverse("insurance:clearing_sheet", args=[row.pk])).content.decode()
    answer = {"dispute": asked["id"], "refused_amount": "0", "reply": "无误"}
    alice.post(reverse("insurance:answer_dispute", args=[row.pk]), answer)
    body = {"kind": "confirmed", "seen": 1}
    told = bob.post(f"{api}steps/", json.dumps(body), content_type="application/json").json()
    assert (told["standing"], told["disputes"][0]["conclusion"]) == ("confirmed", "upheld")
    for form_of_file in ("xlsx", "csv"):
        url = reverse("insurance:clearing_sheet", args=[row.pk])
        for content in (bob.get(url, {"format": form_of_file}), bob.get(f"{api}file/?format={form_of_file}")):
            found = interface.read(content.content, interface.CLEARING)
            assert (found.wrong, sorted(found.rows)) == ([], ["ZY1-1", "ZY2-1"])
    advance = {"amount": "1,000", "day": "2021-09-01", "note": "预付"}
    alice.post(reverse("insurance:move_advance"), advance)
    refused = alice.post(reverse("insurance:move_advance"), {**advance, "amount": "-2000"}, follow=True)
    assert "预付金只余 1,000.00 元，不够退回。" in refused.content.decode()
    books = bob.get("/api/v1/insurance/clearing/books/?side=east").json()
    assert (books["advance"], books["ageing"][0]["clearings"]) == ("1000.00", ["QS1"])
    page = bob.get(reverse("insurance:books"), {"side": "east", "account": "advance"}).content.decode()
    assert "1,000.00" in page and "记入预付金" not in page
    assert client_of("eve").get(reverse("insurance:books")).status_code == 404


def test_a_clearing_file_is_held_against_the_clearing_by_whoever_got_it(
    ready: Any, as_actor: Any, client_of: Any
) -> None:
    settle(ready, as_actor, 0, 1)
    row, bob = new_clearing(ready), client_of("bob")
    step(as_actor, row, "requested", 0)
    api = f"/api/v1/insurance/clearing/{row.pk}/"
    with as_actor("bob"):
        content = clearing_files.clearing_file(row)
    check = reverse("insurance:check_clearing_file", args=[row.pk])
    sent = {"file": SimpleUploadedFile("清算.xlsx", content)}
    assert "与清算单逐条相符" in bob.post(check, sent, follow=True).content.decode()
    rows = list(interface.read(content, interface.CLEARING).rows.values())
    rows[0] = {**rows[0], "clr_no": "QS9", "setl_time": date(2021, 9, 2)}
    other = interface.written(interface.CLEARING, rows[:1], "改")
    told = bob.post(f"{api}file/check/", {"file": SimpleUploadedFile("清算.xlsx", other)}).json()
    assert told[0] == "文件里的清算编号是 QS9，不是 QS1。" and len(told) == 3
    assert told[2] == "ZY2-1：清算单有，文件没有。"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_order_of_acts_no_fen_is_lost(ready: Any, as_actor: Any, seed: int) -> None:
    """Settle, reverse, clear, undo, dispute, answer, pay, advance at random: the sums hold after each."""
    acts = _Acts(ready, as_actor, Random(seed))
    done = 0
    for _turn in range(36):
        with transaction.atomic():
            done += acts.one()
        acts.hold()
    assert done > 8


class _Acts:
    def __init__(self, ready: Any, as_actor: Any, random: Random) -> None:
        self.ready, self.as_actor, self.random = ready, as_actor, random
        self.made = 0

    def one(self) -> bool:
        """One act of either side; whether it was taken."""
        name = self.random.choice(
            (
                "settle",
                "settle",
                "reverse",
                "clear",
                "clear",
                "next",
                "next",
                "next",
                "undo",
                "ask",
                "answer",
                "advance",
            )
        )
        try:
            with transaction.atomic():
                return bool(getattr(self, name)())
        except ShanhaiError:
            return False

    def settle(self) -> Any:
        one = self.random.choice(self.ready.visits)
        with self.as_actor("alice") as alice:
            return settle_visit(one.pk, actor=alice, row_version=1)

    def reverse(self) -> Any:
        one = self.random.choice(self.ready.visits)
        with self.as_actor("alice") as alice:
            return reverse_settlement(one.pk, reason="随机", actor=alice, row_version=1)

    def clear(self) -> bool:
        self.made += 1
        row = new_clearing(self.ready, f"R{self.made}")
        step(self.as_actor, row, "requested", 0)
        return True

    def _some(self) -> Clearing | None:
        with context.unscoped("test"):
            rows = list(Clearing.objects.filter(steps__isnull=False).distinct().order_by("number"))
        return self.random.choice(rows) if rows else None

    def next(self) -> bool:
        row, more = self._some(), dict[str, Any]()
        if row is None:
            return False
        with context.unscoped("test"):
            follows, seen = clearing.FOLLOWS.get(clearing.standing(row), ()), row.steps.count()
            most = max(min(bookkeeping.outstanding(row), bookkeeping.advance_balance("east")), NOTHING)
        if not follows:
            return False
        if follows[0] == "completed":
            more["from_advance"] = (most * self.random.randrange(0, 3) / 2).quantize(Decimal("0.01"))
        step(self.as_actor, row, follows[0], seen, **more)
        return True

    def undo(self) -> bool:
        row = self._some()
        if row is None:
            return False
        with context.unscoped("test"):
            seen = row.steps.count()
        step(self.as_actor, row, "undone", seen, reason="随机")
        return True

    def ask(self) -> Any:
        row = self._some()
        with context.unscoped("test"):
            lines = list(row.lines.order_by("number")) if row else []
        line = self.random.choice(lines) if lines else None
        if row is None or line is None:
            return False
        with self.as_actor("bob") as bob:
            return disputes.raise_dispute(row.pk, line.pk, "随机", actor=bob)

    def answer(self) -> Any:
        with context.unscoped("test"):
            found = Dispute.objects.filter(conclusion="").select_related("clearing_line", "clearing").first()
        if found is None:
            return False
        refused = max(found.clearing_line.fund_paid, NOTHING) * self.random.randrange(0, 3) / 2
        refused = refused.quantize(Decimal("0.01"))
        with self.as_actor("alice") as alice:
            return disputes.answer_dispute(
                found.clearing_id, found.pk, refused_amount=refused, reply="随机", actor=alice
            )

    def advance(self) -> Any:
        with self.as_actor("alice") as alice:
            amount = Decimal(self.random.randrange(-20_000, 40_000))
            return bookkeeping.move_advance(amount, clock.today(), "随机", actor=alice)

    def hold(self) -> None:
        """What must be true after every act."""
        found = balances()
        with context.unscoped("test"):
            sums = Settlement.objects.aggregate(all=Sum("pool") + Sum("serious") + Sum("assistance"))
            settled = sums["all"] or NOTHING
            lines = ClearingLine.objects.filter(is_released=False)
            cleared = lines.aggregate(all=Sum("fund_paid"))["all"] or NOTHING
            left = sum((_fund(one) for one in clearing.due_settlements("east", date(2021, 12, 31))), NOTHING)
            assert settled == cleared + left  # every settlement is in one clearing, or waits for one
            assert found["fronted"] == -cleared
            deposited = -found["advance"]
            assert deposited >= 0
            assert found["receivable"] + found["refused"] + found["bank"] - deposited == cleared
            for row in Clearing.objects.filter(steps__isnull=False).distinct():
                asked = sum((bookkeeping.balance(row.entries, one) for one in Account), NOTHING)
                assert asked == 0
                assert -bookkeeping.balance(row.entries, Account.FRONTED) == bookkeeping.total_of(row)
                kept = ClearingStep.objects.filter(clearing=row).values_list("ordinal", flat=True)
                assert sorted(kept) == list(range(1, len(kept) + 1))
            assert MedicalVisit.objects.count() == 3


def _fund(one: Settlement) -> Decimal:
    return one.pool + one.serious + one.assistance


def test_bands_hold_everything_once_whatever_they_are() -> None:
    owed = [rules.Owed(None, str(days), Decimal(days), days) for days in (0, 30, 31, 60, 61, 400)]  # type: ignore[arg-type]
    found = rules.aged(owed, [0, 31, 61])
    assert [(one.label, one.total) for one in found] == [("0–30", 30), ("31–60", 91), ("61+", 461)]
    assert [one.label for one in rules.aged(owed, [])] == ["0+"]
