"""A row for every address that asks for one, made when it is first asked for."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any
from uuid import UUID

from conformance.leads import lead_of
from conformance.walking import Address
from samples.papers import blank_pdf
from samples.rows import make_task, plant_row
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.composing import Parts, document_of
from shanhai.domains.appraisal.models import (
    AppraisalItem,
    AppraisalRelease,
    AppraisalRun,
    AppraisalScheme,
    AppraisalScoring,
    AppraisalUnitScore,
    IndicatorTarget,
)
from shanhai.domains.appraisal.models.bulletins import LEDGER as BULLETINS
from shanhai.domains.appraisal.runs.computing import computed
from shanhai.domains.appraisal.schemes.texts import items_of, text_of
from shanhai.domains.benefits.models import PolicyRelease
from shanhai.domains.labour.models import MatchRun, Threshold
from shanhai.domains.scheme.models import SchemeVersion, Section
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.custom.managing import save_field
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.models import (
    Amendment,
    CustomField,
    EvidenceLink,
    Job,
    Obligation,
    ObligationRule,
    PeriodReopening,
    PlainExport,
    SavedView,
)
from shanhai.kernel.registry import registry
from shanhai.kernel.saved_views.store import save as save_view
from shanhai.kernel.scope import Side
from shanhai.registers.documents.keeping import add_template, starter
from shanhai.registers.documents.kinds import kind_of
from shanhai.registers.documents.models import DocumentTemplate
from shanhai.registers.parties.models import DuplicatePair, GroupMember, PersonMerge, UnitAlias, UnitGroup
from shanhai.registers.rulebook import changing
from shanhai.registers.rulebook.book import rule_of
from shanhai.registers.rulebook.models import RuleChange

DAY = date(2021, 1, 1)


def _what(address: Address) -> str:
    """The word of an address that has one."""
    if "/many/" in address.route:
        return "edit"
    return {"api:step_custom": "earlier", "api:take_figure": "refresh"}.get(address.name, "accept")


class Things:
    """Rows of Doumen behind the addresses; made when first asked for."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        self._drafts: dict[str, Any] = {}
        self._customs: dict[str, CustomField] = {}

    def argument(self, address: Address, name: str) -> str:
        """The value of an argument of an address."""
        given = {
            "step": "submit",
            "code": "TOY-1",
            "mark": "0" * 64,
            "token": "nothing",
            "fingerprint": "0" * 64,
            "label": "labour.threshold",
            "ledger": "toys.workshop",
            "name": "list",
            "report": "totals",
            "column": "owner_unit",
            "menu": "columns",
            "alias": self.alias.pk,
            "member": self.member.pk,
            "membership": self.cast.users["alice"].memberships.get().pk,
            "unit": self.cast.dm_labour.pk,
            "figure": UUID(int=7),
            "form": "docx",
            "kind": BULLETINS,
            "duty": UUID(int=7),
            "appeal": UUID(int=7),
            "run": self.match_run.pk,
            "key": "parties.unit" if address.name == "api:look_up" else UUID(int=7),
            "template": self.template.pk,
            "amendment": self.amendment.pk,
            "what": _what(address),
            "number": 1,
            "view": self.view.pk if name == "view" else "",
        }
        if name == "field" or address.name in {"<ledger>_custom", "<ledger>_custom_edit"}:
            return str(self.custom(address.ledger).pk)
        if name == "paper":
            return str(self.paper.pk if self._is_toy(address) else UUID(int=7))
        if address.name.startswith(("mfa_", "sign_on_", "openid_connect_")):
            return "0"  # of passkeys, providers and ties to them there are none
        if address.name == "lookup":
            return "toys.workshop"
        if name == "who":
            return str(self.draft(registry.get("parties.person")).pk)
        return str(given[name] if name in given else self._row(address).pk)

    @staticmethod
    def _is_toy(address: Address) -> bool:
        return address.ledger is not None and address.ledger.key == "toys.workshop"

    def _row(self, address: Address) -> Any:
        if address.ledger is not None:
            with_text = {"benefits.policy": "policy", "appraisal.appraisalscheme": "appraisal_scheme"}
            if address.ledger.key in with_text:
                return getattr(self, with_text[address.ledger.key])
            return self.draft(address.ledger)
        what = lead_of(address.name)
        return self.draft(registry.get(what)) if what in registry else attrgetter(what)(self)

    @property
    def alice(self) -> Any:
        return self.cast.users["alice"]

    @property
    def threshold(self) -> Threshold:
        return Threshold.objects.all()[0]

    def draft(self, ledger: Ledger[Any]) -> Any:
        if ledger.key not in self._drafts:
            alice = self.cast.actor("alice")
            self._drafts[ledger.key] = plant_row(ledger, alice, state="draft").row
        return self._drafts[ledger.key]

    def custom(self, ledger: Ledger[Any] | None) -> CustomField:
        assert ledger is not None
        if ledger.key not in self._customs:
            with context.acting(self.cast.actor("carol")) as current:
                field, said = CustomField(unit=self.cast.dm_labour), {"title": "自填", "kind": "text"}
                self._customs[ledger.key] = save_field(ledger, field, said, actor=current.actor)
        return self._customs[ledger.key]

    @cached_property
    def match_run(self) -> MatchRun:
        """A run over Doumen's workers that found nobody."""
        numbers = dict.fromkeys(("workers", "orders", "seats", "matched", "fixed", "forbidden"), 0)
        sums = dict.fromkeys(("total_score", "bound", "kept_score", "hindsight"), 0)
        with context.unscoped("a run for the samples"):
            return MatchRun.objects.create(side="east", run_at=clock.now(), matched_by="x", **numbers, **sums)

    @cached_property
    def appraisal_scheme(self) -> Any:
        """With one item, so that units can be scored by it, and a release that may be restored."""
        scheme = self.draft(registry.get("appraisal.appraisalscheme"))
        with context.unscoped("things"):
            AppraisalScheme.objects.filter(pk=scheme.pk).update(
                full_score=100, grades_text="0:好", level="unit", unit_kind=""
            )
            AppraisalItem.objects.create(
                scheme=scheme, number=1, block="样例", name="样例", rule_kind="grade", weight=100,
                steps_text="好:100", wording="样例", legal_basis="样例", side=scheme.side,
                owner_unit=scheme.owner_unit,
            )  # fmt: skip
            scheme.refresh_from_db()
            AppraisalRelease.objects.create(
                scheme=scheme, number=1, text=text_of(scheme, items_of(scheme)), digest="x", valid_from=DAY,
                release_note="样例", released_by="x", released_at=clock.now(),
            )  # fmt: skip
        return scheme

    @cached_property
    def appraisal_run(self) -> AppraisalRun:
        """Scored, and not shown to anybody yet."""
        scheme, unit, at = self.appraisal_scheme, self.cast.dm_labour, clock.now()
        with context.unscoped("a run for the samples"):
            release = AppraisalRelease.objects.get(scheme=scheme)
            run = AppraisalRun.objects.create(
                side="east", scheme=scheme, release=release, name="样例考核", year=2021, stage="scored",
                subjects=[str(unit.pk)], opened_by="x", opened_at=at,
            )  # fmt: skip
            found = computed(run, {})
            scoring = AppraisalScoring.objects.create(
                run=run, number=1, definitions={}, digest=found.digest, scored_at=at, scored_by="x"
            )
            AppraisalUnitScore.objects.create(
                scoring=scoring, unit=unit, place_number=1, total=0, told=found.units[0]
            )
        return run

    @cached_property
    def policy(self) -> Any:
        """With a text in force, so that there is an answer."""
        policy = self.draft(registry.get("benefits.policy"))
        term = {"operator": "", "choices": [], "threshold": None, "clause": "", "document": ""}
        days = {"valid_from": "2021-01-01", "valid_to": None}
        asked = {"number": 1, "kind": "condition", "fact": "registered", "value": None}
        given = {"number": 2, "kind": "amount", "fact": "", "value": "100"}
        text = {
            **{
                "code": "A",
                "audience": "worker",
                "period_kind": "month",
                "amount_by": "",
                "amount_times": "",
            },
            "terms": [{**term, **days, **asked, "operator": "is"}, {**term, **days, **given}],
        }
        with context.unscoped("things"):
            PolicyRelease.objects.create(
                policy=policy, number=1, text=text, digest="0" * 64, release_note="样例",
                released_by="system:things", released_at=clock.now(),
            )  # fmt: skip
        return policy

    @cached_property
    def task(self) -> Any:
        with context.acting(self.cast.actor("alice")) as current:
            return make_task(current.actor)

    @cached_property
    def draft_section(self) -> Section:
        in_force = self.task.section.version
        with context.unscoped("things"):
            version = SchemeVersion.objects.create(
                scheme=in_force.scheme, document=in_force.document, ordinal=2, started_at=clock.now()
            )
            return Section.objects.create(version=version, text="一、样例", start=0, end=4)

    @cached_property
    def alias(self) -> UnitAlias:
        with context.unscoped("things"):
            return UnitAlias.objects.create(unit=self.cast.dm_labour, name="区人社局", valid_from=DAY)

    @cached_property
    def member(self) -> GroupMember:
        with context.unscoped("things"):
            group = UnitGroup.objects.create(name="各部门", side=Side.EAST)
            return GroupMember.objects.create(group=group, unit=self.cast.dm_labour, valid_from=DAY)

    @cached_property
    def merge(self) -> PersonMerge:
        ledger, alice = registry.get("parties.person"), self.cast.actor("alice")
        first, second = sorted((plant_row(ledger, alice).row for _one in range(2)), key=lambda row: row.pk)
        with context.unscoped("things"):
            pair = DuplicatePair.objects.create(
                side=Side.EAST, first=first, second=second, probability=Decimal("0.9")
            )
            return PersonMerge.objects.create(
                side=Side.EAST,
                pair=pair,
                winner=first,
                loser=second,
                version=1,
                reason="同一人",
                merged_at=clock.now(),
                merged_by=alice.key,
            )

    @cached_property
    def paper(self) -> EvidenceLink:
        ledger = registry.get("toys.workshop")
        row = self.draft(ledger)
        with context.acting(self.cast.actor("alice")) as current:
            return upload(ledger, row, blank_pdf(), "凭证.pdf", "photo", actor=current.actor)

    @cached_property
    def obligation(self) -> Obligation:
        with context.unscoped("things"):
            rule = ObligationRule.objects.create(
                ledger="toys.output",
                side=Side.EAST,
                frequency="month",
                due_days=10,
                valid_from=DAY,
                source="方案",
            )
            return Obligation.objects.create(
                rule=rule,
                ledger="toys.output",
                side=Side.EAST,
                unit=self.cast.dm_labour,
                period="2021-07",
                due_on=date(2021, 8, 10),
            )

    @cached_property
    def job(self) -> Job:
        with context.unscoped("things"):
            return Job.objects.create(
                kind="export",
                label="导出",
                requester=self.cast.users["alice"],
                state=Job.State.DONE,
                created_at=clock.now(),
            )

    @cached_property
    def amendment(self) -> Amendment:
        row = self.draft(registry.get("toys.workshop"))
        with context.unscoped("things"):
            return Amendment.objects.create(
                ledger="toys.workshop",
                row_id=row.pk,
                side=Side.EAST,
                owner_unit=self.cast.dm_labour,
                before={"name": row.name},
                after={"name": "改名"},
                reason="抄错了",
                proposed_at=clock.now(),
                proposed_by="system:things",
            )

    @cached_property
    def rule_change(self) -> RuleChange:
        """Of wang's, which carol may decide."""
        with context.acting(self.cast.actor("wang")) as current:
            return changing.ask(
                rule_of("labour.threshold"),
                RuleChange.Kind.SET,
                {"code": "stable_months", "value": "4"},
                valid_from=DAY,
                source="演示",
                reason="按新文件改",
                actor=current.actor,
            )

    @cached_property
    def plain_export(self) -> PlainExport:
        """Of dave's, which carol may decide."""
        with context.unscoped("things"):
            return PlainExport.objects.create(
                side=Side.EAST,
                ledger="toys.workshop",
                query="",
                form="csv",
                fields="负责人身份证号",
                rows=1,
                reason="核对身份",
                requester=self.cast.users["dave"],
                asked_at=clock.now(),
                mark=7,
            )

    @cached_property
    def view(self) -> SavedView:
        with context.acting(self.cast.actor("alice")) as current:
            ledger = registry.get("toys.workshop")
            return save_view(ledger, current.actor, name="草稿", query="state=draft")

    @cached_property
    def reopening(self) -> PeriodReopening:
        with context.unscoped("things"):
            return PeriodReopening.objects.create(
                ledger="toys.output",
                side=Side.EAST,
                unit=self.cast.dm_labour,
                period="2021-08",
                until=clock.now() + timedelta(days=1),
                reason="停电",
                opened_at=clock.now(),
                opened_by="system:things",
            )

    @cached_property
    def target(self) -> IndicatorTarget:
        with context.unscoped("things"):
            return IndicatorTarget.objects.create(
                code="TOY-1", side=Side.EAST, year=2021, value=Decimal(1), source="协议"
            )

    @cached_property
    def bulletin(self) -> Any:
        with context.acting(self.cast.actor("carol")) as current:
            return draft_bulletin(Side.EAST, Period.parse("2021Q3"), actor=current.actor)

    @cached_property
    def template(self) -> DocumentTemplate:
        with context.acting(self.cast.actor("carol")) as current:
            word = starter(document_of(Parts.of(self.bulletin)))
            kind = kind_of(BULLETINS, current.actor)
            return add_template(kind, "模板", word, actor=current.actor)
