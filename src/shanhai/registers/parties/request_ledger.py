"""The register of people's requests about what is held on them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.scope import Actor

from .models import PersonRequest, PersonRequestRule


@register
class PersonRequestLedger(Ledger[PersonRequest]):
    model = PersonRequest
    source = "《个人信息保护法》第十五条、第四十四条至第五十条"
    columns = (
        "name",
        "kind",
        "arrived_on",
        "due_on",
        "outcome",
        "closed_on",
        Column("identity_number", is_default=False),
        Column("asked_by", is_default=False),
        Column("asker", is_default=False),
        Column("proof", is_default=False),
        Column("demand", is_default=False),
        Column("outcome_reason", is_default=False),
    )
    filters = ("kind", "outcome", "due_on", "arrived_on")
    search = ("name", "identity_number")
    ordering = ("-arrived_on",)
    import_key = ("identity_number", "kind", "arrived_on")
    fields = (
        "kind",
        "name",
        "identity_number",
        "asked_by",
        "asker",
        "proof",
        "arrived_on",
        "due_on",
        "demand",
    )
    bulk_fields = ()
    panels = (
        Fields(gettext_lazy("申请"), ("kind", "name", "identity_number", "demand", "arrived_on", "due_on")),
        Fields(gettext_lazy("谁提出"), ("asked_by", "asker", "proof")),
        Fields(gettext_lazy("答复"), ("outcome", "outcome_reason", "closed_on")),
    )
    evidence_classes = (
        EvidenceClass("application", gettext_lazy("书面申请")),
        EvidenceClass("identity", gettext_lazy("身份证明与委托书")),
        EvidenceClass("answer", gettext_lazy("书面答复")),
    )
    sharing = Sharing.PRIVATE
    menu_order = 30
    example = {"name": "张演示", "kind": "查阅复制", "arrived_on": "2021-09-24"}

    def initial(self, actor: Actor) -> dict[str, Any]:
        today = clock.today()
        rule = PersonRequestRule.at(today)
        return {"arrived_on": today} | ({"due_on": rule.last_day(today)} if rule else {})

    def validate(self, row: PersonRequest, previous: PersonRequest | None) -> Mapping[str, Sequence[Any]]:
        found = dict(self._days(row))
        if row.asked_by != PersonRequest.AskedBy.SELF and not row.asker:
            found["asker"] = [_("不是本人提出的，请写提出人的姓名。")]
        if bool(row.outcome) != bool(row.closed_on):
            found["closed_on"] = [_("办理结果和答复日期要一起填。")]
        is_less = row.outcome in {PersonRequest.Outcome.PARTLY, PersonRequest.Outcome.REFUSED}
        if is_less and not row.outcome_reason.strip():
            found["outcome_reason"] = [_("没有全部照办的，请写明理由和依据。")]
        return found

    def _days(self, row: PersonRequest) -> Mapping[str, list[Any]]:
        if row.arrived_on > clock.today():
            return {"arrived_on": [_("收到日期不能晚于今天。")]}
        rule = self._rule(row)
        last = rule.last_day(row.arrived_on) if rule else row.due_on
        if rule and not row.arrived_on <= row.due_on <= last:
            told = {"last": last.isoformat(), "days": rule.answer_days, "source": rule.source}
            said = _("答复期限最迟是 %(last)s：收到之日起 %(days)s 个工作日（%(source)s）。")
            return {"due_on": [said % told]}
        if row.closed_on and not row.arrived_on <= row.closed_on <= clock.today():
            return {"closed_on": [_("答复日期不能早于收到日期，也不能晚于今天。")]}
        return {}

    def _rule(self, row: PersonRequest) -> PersonRequestRule | None:
        """The one in force when the request came."""
        if not hasattr(row, "answer_rules"):
            self.prefetch_for_validation([row])
        rules: tuple[PersonRequestRule, ...] = row.answer_rules  # type: ignore[attr-defined]
        return next((rule for rule in rules if rule.holds_on(row.arrived_on)), None)

    def prefetch_for_validation(self, rows: Sequence[PersonRequest]) -> None:
        rules = tuple(PersonRequestRule.objects.all())
        for row in rows:
            row.answer_rules = rules  # type: ignore[attr-defined]
