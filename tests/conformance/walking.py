"""Every address of the product, and something of Doumen's behind each that names a row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

from samples.papers import blank_pdf
from samples.rows import make_task, plant_row
from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.bulletin_templates import add_template, starter
from shanhai.domains.appraisal.composing import Parts, document_of
from shanhai.domains.appraisal.models import (
    AppraisalItem,
    AppraisalRelease,
    AppraisalRun,
    AppraisalScheme,
    AppraisalScoring,
    AppraisalUnitScore,
    BulletinTemplate,
    IndicatorTarget,
)
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
from shanhai.registers.parties.models import DuplicatePair, GroupMember, PersonMerge, UnitAlias, UnitGroup
from shanhai.registers.rulebook import changing
from shanhai.registers.rulebook.book import rule_of
from shanhai.registers.rulebook.models import RuleChange

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
DAY = date(2021, 1, 1)
_OF_REGISTRATIONS = ("labour:record_visit", "labour:come_home", "labour:search_again")
_OF_TRIPS = ("labour:ride", "labour:fill_trip", "labour:arrive_trip", "labour:hand_over_trip")
_OF_PLAIN_EXPORTS = (
    "plain_export",
    "api:read_plain_export",
    "api:decide_plain_export",
)
_OF_APPROVALS = ("approvals:", "api:read_approval", "api:act_on_approval", "api:end_a_stand_in")
_OF_RULE_CHANGES = ("rulebook:change", "api:read_rule_change", "api:decide_rule_change")
_OF_MERGES = ("parties:duplicate_unmerge", "api:undo_merge")
_OF_PAIRS = ("parties:duplicate", "api:decide_pair", "api:merge_pair")
_OF_BULLETINS = (
    "api:read_bulletin",
    "api:read_word",
    "api:read_pdf",
    "api:change_bulletin",
    "api:step_bulletin",
    "api:take_figure",
    "api:receive",
)
_OF_SCHEMES = ("api:read_scheme", "api:change_terms", "api:import_newer", "api:start_correction")
_OF_VERSIONS = (
    "api:read_version",
    "api:read_difference",
    "api:read_matrix",
    "api:read_tasks_excel",
    "api:read_tasks_word",
    "api:save_version",
    "api:discard_version",
    "api:answer_question",
)
_OF_SECTIONS = (
    "api:read_section",
    "api:change_section",
    "api:split_section",
    "api:merge_section",
    "api:add_duty",
    "api:change_duty",
    "api:remove_duty",
)
_OF_RECONCILIATIONS = (
    "insurance:check_reconciliation",
    "insurance:compare_file",
    "insurance:decide_difference",
)
_OF_CLEARINGS = (
    "insurance:check_clearing_file",
    "insurance:clearing_sheet",
    "insurance:take_clearing_step",
    "insurance:raise_dispute",
    "insurance:answer_dispute",
)
_OF_PROJECTS = (
    "funds:advance_project",
    "funds:change_project",
    "funds:let_pass",
    "funds:move_project",
    "funds:project_path",
    "funds:project_progress",
)
_OF_RUNS = (
    "api:read_appraisal",
    "api:step_appraisal",
    "api:recompute_appraisal",
    "api:read_appraised",
    "api:list_appeals",
    "api:lodge_appeal",
    "api:rule_on_appeal",
)
_OF_TASKS = ("api:read_task", "api:plan_task")


@dataclass(frozen=True)
class Address:
    """One pattern of the URL configuration. `name` is the same for a page of whatever ledger."""

    name: str
    route: str
    ledger: Ledger[Any] | None = None

    def filled(self, things: "Things") -> str:
        return _ARGUMENT.sub(lambda found: things.argument(self, found[1]), self.route)


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), "/", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, here, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        elif isinstance(pattern, URLPattern):
            yield _address(pattern, here, ":".join((*spaces, pattern.name or "")))


def _address(pattern: URLPattern, route: str, name: str) -> Address:
    ledger = pattern.default_args.get("ledger")
    found = re.match(r"/api/v1/(\w+)/(\w+)/", route)
    if ledger is None and found and (key := f"{found[1]}.{found[2]}") in registry:
        return Address(name, route, registry.get(key))
    if ledger is None:
        return Address(name, route)
    return Address(name.replace(f"{ledger.app_label}:{ledger.slug}", "<ledger>"), route, ledger)


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
        return next(thing for prefix, thing in self._by_name.items() if address.name.startswith(prefix))

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
    def _by_name(self) -> dict[str, Any]:
        """Beginning of an address's name → the row it leads to; longer beginnings first."""
        task = self.task
        version = task.section.version
        return {
            "places:": self.cast.doumen,
            **dict.fromkeys(_OF_APPROVALS, self.draft(registry.get("toys.workshop"))),
            "parties:person_timeline": self.draft(registry.get("parties.person")),
            "parties:request_": self.draft(registry.get("parties.personrequest")),
            "parties:group": self.member.group,
            "parties:member": self.member.group,
            **dict.fromkeys(_OF_MERGES, self.merge),
            **dict.fromkeys(_OF_PAIRS, self.merge.pair),
            "parties:": self.cast.dm_labour,
            "accounts:": self.cast.users["alice"],
            "scheme:section": self.draft_section,
            "scheme:tasks": version,
            "scheme:task": task,
            "scheme:scheme": task.scheme,
            "scheme:newer": task.scheme,
            "scheme:correct": task.scheme,
            "scheme:terms": task.scheme,
            "scheme:plan": task,
            "scheme:": version,
            "benefits:approve_claims": self.policy,
            "benefits:approve_claim": self.draft(registry.get("benefits.claim")),
            "benefits:decide_claim": self.draft(registry.get("benefits.claim")),
            "benefits:notice_": self.draft(registry.get("benefits.publicnotice")),
            "benefits:post_notice": self.draft(registry.get("benefits.publicnotice")),
            "benefits:close_notice": self.draft(registry.get("benefits.publicnotice")),
            **dict.fromkeys(
                ("benefits:load_list", "benefits:unload_list", "benefits:take_return", "benefits:leftovers"),
                self.draft(registry.get("benefits.paymentlist")),
            ),
            "benefits:resolve_claw_back": self.draft(registry.get("benefits.clawback")),
            "benefits:whom": self.draft(registry.get("benefits.policypush")),
            "benefits:push_out": self.draft(registry.get("benefits.policypush")),
            "benefits:know": self.draft(registry.get("benefits.pushrecipient")),
            "benefits:acknowledge": self.draft(registry.get("benefits.pushrecipient")),
            "benefits:": self.policy,
            "insurance:advance_filing": self.draft(registry.get("insurance.filing")),
            **dict.fromkeys(_OF_RECONCILIATIONS, self.draft(registry.get("insurance.reconciliation"))),
            **dict.fromkeys(_OF_CLEARINGS, self.draft(registry.get("insurance.clearing"))),
            "insurance:advance_claim": self.draft(registry.get("insurance.manualclaim")),
            "insurance:": self.draft(registry.get("insurance.medicalvisit")),
            "training:issue_certificates": self.draft(registry.get("training.trainingclass")),
            "training:class_sheet": self.draft(registry.get("training.classday")),
            "training:mark_present": self.draft(registry.get("training.classday")),
            "training:print_certificates": self.draft(registry.get("training.trainingclass")),
            "training:print_certificate": self.draft(registry.get("training.certificate")),
            "training:revoke_certificate": self.draft(registry.get("training.certificate")),
            "training:move_applicant": self.draft(registry.get("training.applicant")),
            "training:move_workshop": self.draft(registry.get("training.workshop")),
            "governance:act": self.draft(registry.get("governance.supervisionslip")),
            "governance:slip_paper": self.draft(registry.get("governance.supervisionslip")),
            "governance:minutes_docx": self.draft(registry.get("governance.jointmeeting")),
            "governance:report": self.draft(registry.get("governance.resolution")),
            "governance:decide": self.draft(registry.get("governance.resolutionprogress")),
            "funds:title_asset": self.draft(registry.get("funds.asset")),
            "funds:inspect_asset": self.draft(registry.get("funds.asset")),
            "funds:decide_disposal": self.draft(registry.get("funds.assetdisposal")),
            "funds:end_lease": self.draft(registry.get("funds.assetlease")),
            "funds:move_asset": self.draft(registry.get("funds.asset")),
            "funds:finish_milestone": self.draft(registry.get("funds.milestone")),
            **dict.fromkeys(_OF_PROJECTS, self.draft(registry.get("funds.project"))),
            "labour:compare_roster": self.draft(registry.get("labour.roster")),
            "labour:upload_roster": self.draft(registry.get("labour.roster")),
            "labour:decide_entry": self.draft(registry.get("labour.rosterentry")),
            "labour:end_category": self.draft(registry.get("labour.personcategory")),
            "labour:leave_household": self.draft(registry.get("labour.householdmember")),
            "labour:carry_visit": self.draft(registry.get("labour.followupvisit")),
            "labour:move_trouble": self.draft(registry.get("labour.workertrouble")),
            **dict.fromkeys(_OF_REGISTRATIONS, self.draft(registry.get("labour.workerregistration"))),
            "labour:match_run": self.match_run,
            "labour:passenger_list": self.draft(registry.get("labour.transportbatch")),
            "labour:answer_check": self.draft(registry.get("labour.retentioncheck")),
            "labour:tick_passenger": self.draft(registry.get("labour.transportpassenger")),
            **dict.fromkeys(_OF_TRIPS, self.draft(registry.get("labour.transporttrip"))),
            "labour:answer_placement": self.draft(registry.get("labour.placement")),
            "labour:advance_placement": self.draft(registry.get("labour.placement")),
            "labour:end_spell": self.draft(registry.get("labour.employmentspell")),
            "appraisal:score_unit": self.cast.dm_labour,
            "appraisal:scheme_": self.appraisal_scheme,
            "appraisal:run": self.appraisal_run,
            **dict.fromkeys(("appraisal:appeal_", "appraisal:result", "api:read_result"), self.appraisal_run),
            **dict.fromkeys(_OF_RUNS, self.appraisal_run),
            "appraisal:target": self.target,
            "appraisal:bulletin_template": self.template,
            "appraisal:bulletin": self.bulletin,
            "evidence_": self.paper,
            "reopening": self.reopening,
            "amendment": self.amendment,
            **dict.fromkeys(_OF_PLAIN_EXPORTS, self.plain_export),
            **dict.fromkeys(_OF_RULE_CHANGES, self.rule_change),
            "rulebook:rule": Threshold.objects.all()[0],
            "obligation_rule": self.obligation.rule,
            "obligation": self.obligation,
            "job": self.job,
            **dict.fromkeys(("api:read_job", "api:cancel_job", "api:job_file"), self.job),
            **dict.fromkeys(("api:read_obligation", "api:report_nil", "api:take_nil_back"), self.obligation),
            **dict.fromkeys(("api:read_rule", "api:stop_rule"), self.obligation.rule),
            "api:end_reopened": self.reopening,
            "api:read_amendment": self.amendment,
            "api:change_target": self.target,
            **dict.fromkeys(_OF_VERSIONS, version),
            **dict.fromkeys(_OF_TASKS, task),
            **dict.fromkeys(_OF_SCHEMES, task.scheme),
            **dict.fromkeys(_OF_SECTIONS, self.draft_section),
            **dict.fromkeys(_OF_BULLETINS, self.bulletin),
        }

    @cached_property
    def match_run(self) -> MatchRun:
        """A run over Doumen's workers that found nobody."""
        numbers = dict.fromkeys(("workers", "orders", "seats", "matched", "fixed", "forbidden"), 0)
        sums = dict.fromkeys(("total_score", "bound", "kept_score", "hindsight"), 0)
        with context.unscoped("a run for the samples"):
            return MatchRun.objects.create(side="east", run_at=clock.now(), matched_by="x", **numbers, **sums)

    @cached_property
    def appraisal_scheme(self) -> Any:
        """With one item, so that units can be scored by it."""
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
        return scheme

    @cached_property
    def appraisal_run(self) -> AppraisalRun:
        """Scored, and not shown to anybody yet."""
        scheme, unit, at = self.appraisal_scheme, self.cast.dm_labour, clock.now()
        with context.unscoped("a run for the samples"):
            scheme = AppraisalScheme.objects.get(pk=scheme.pk)
            release = AppraisalRelease.objects.create(
                scheme=scheme, number=1, text=text_of(scheme, items_of(scheme)), digest="x", valid_from=DAY,
                release_note="样例", released_by="x", released_at=at,
            )  # fmt: skip
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
    def template(self) -> BulletinTemplate:
        with context.acting(self.cast.actor("carol")) as current:
            word = starter(document_of(Parts.of(self.bulletin)))
            return add_template(Side.EAST, "模板", word, actor=current.actor)
