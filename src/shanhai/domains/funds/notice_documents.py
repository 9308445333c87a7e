"""项目公示 as an official paper: what a notice must tell, for how long, and where to object."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shanhai.kernel.documents.inline import line, recognise
from shanhai.kernel.documents.model import (
    Align,
    Column,
    Date,
    Document,
    DocumentInvalid,
    Imprint,
    Kind,
    Line,
    Number,
    Paragraph,
    Row,
    Signature,
    Table,
)
from shanhai.kernel.installation import is_demonstration
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.links import link
from shanhai.registers.documents.kinds import DocumentKind, register_document
from shanhai.registers.papers import words

from .lookup import threshold
from .models import Project, ProjectNotice, Threshold
from .step_rules import ends_enough

#: What a notice must tell of a project. Source: 扶贫资金项目公告公示制度 (项目名称、内容、地点、投资、期限).
_REQUIRED = ("content", "place", "planned_start_on", "planned_end_on")


def notice_document(notice: ProjectNotice) -> Document:
    """Errors: DocumentInvalid naming every fact that is missing, or days that are too few."""
    project = notice.project
    _require(notice, project)
    issuer = notice.owner_unit.name
    return Document(
        kind=Kind.BULLETIN,
        issuer=issuer,
        masthead=f"{issuer}公告",
        number=notice.number,
        title=f"关于{project.name}{notice.get_notice_kind_display()}的公告",
        date=notice.notice_from,
        blocks=(
            Paragraph(recognise("现将协作项目有关情况公示如下，接受社会监督。"), slot="公示说明"),
            _table(notice, project),
            Paragraph(_days(notice), slot="公示期限"),
            Paragraph(words(_objections(notice)), slot="异议受理"),
            Signature((issuer,), notice.notice_from),
        ),
        imprint=Imprint((), issuer, notice.notice_from),
        labels=("演示数据",) if is_demonstration() else (),
    )


def _require(notice: ProjectNotice, project: Project) -> None:
    missing = [
        str(Project._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in _REQUIRED
        if not getattr(project, name)
    ]
    if missing:
        told = {"code": project.code, "names": "、".join(missing)}
        raise DocumentInvalid(_("项目 %(code)s 还没有填写%(names)s，公示须写明，请先补填。") % told)
    days = threshold(Threshold.Code.NOTICE_DAYS)
    if days is not None and not ends_enough(notice.notice_from, notice.notice_to, int(days)):
        told = {"days": f"{days.normalize():f}"}
        raise DocumentInvalid(_("公示不少于 %(days)s 天，首尾两天都算，请改公示日期。") % told)


def _table(notice: ProjectNotice, project: Project) -> Table:
    budget = Number.of(project.budget, bind=f"{project.pk}.budget", unit="元", decimals=2, name="批复预算")
    lasts = [Date(day.isoformat()) for day in (project.planned_start_on, project.planned_end_on) if day]
    facts: list[tuple[str, Line]] = [
        ("项目名称", words(project.name)),
        ("项目编号", words(project.code)),
        ("项目类别", words(str(project.get_kind_display()))),
        ("建设内容", words(project.content.replace("\n", " "))),
        ("建设地点", words(str(project.place))),
        ("批复预算", line(budget)),
        ("实施期限", line(lasts[0], "至", lasts[1])),
        ("实施单位", words(project.owner_unit.name)),
        ("公示地点", words(notice.posted_at)),
    ]
    return Table(
        (Column(line("事项"), Align.CENTER), Column(line("内容"))),
        tuple(Row((line(name), told)) for name, told in facts),
        slot="公示内容",
    )


def _days(notice: ProjectNotice) -> Line:
    days = (notice.notice_to - notice.notice_from).days + 1
    return line(
        "公示期自",
        Date.of(notice.notice_from),
        "至",
        Date.of(notice.notice_to),
        "，共",
        Number.of(days, bind=f"{notice.pk}.days", unit="天", name="公示天数"),
        "。",
    )


def _objections(notice: ProjectNotice) -> str:
    return f"公示期内有异议的，请向{notice.owner_unit.name}反映，监督电话 {notice.complaint_phone}。"


def _build(notice: ProjectNotice, actor: Actor) -> Document:
    rows = ProjectNotice.objects.select_related("owner_unit", "project__owner_unit", "project__place")
    return notice_document(rows.get(pk=notice.pk))


def _opens(notice: ProjectNotice, bind: str) -> str | None:
    if bind.endswith(".budget"):
        return link(registry.get(Project.ledger_key()), "detail", pk=notice.project_id)
    return link(registry.get(ProjectNotice.ledger_key()), "detail", pk=notice.pk)


NOTICE = register_document(
    DocumentKind(
        "funds.notice",
        gettext_lazy("项目公示"),
        ProjectNotice.ledger_key(),
        _build,
        opens=_opens,
        is_numbered=True,
        is_public=True,
    )
)
