"""What the API takes and gives of schemes, versions, clauses and tasks."""

import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from shanhai.kernel.scope import Sharing
from shanhai.kernel.surfaces.api.bodies import Sent

from .models import Duty, Question, SchemeVersion, Task

_EDITION = "读到的修改次数；他人改过则为 409"
_EMPTY = "不写为不改"


class VersionLine(Schema):
    """One version of a scheme."""

    id: str
    ordinal: int = Field(description="版次")
    state: SchemeVersion.State
    edition: int = Field(description="修改次数")
    saved_at: str | None = Field(description="生效时间")


class SchemeLine(Schema):
    """One scheme, with its version in force, else its draft."""

    id: str
    title: str
    number: str = Field(description="发文字号")
    issuer: str
    dated_on: str | None = Field(description="成文日期")
    side: str = Field(description="east、west")
    sharing: Sharing
    version: VersionLine
    tasks: int
    questions: int = Field(description="待确认的处数")


class SchemeWhole(Schema):
    """One scheme with all its versions that the caller may read."""

    id: str
    title: str
    number: str
    issuer: str
    dated_on: str | None
    side: str
    sharing: Sharing
    addressees: list[str] = Field(description="主送单位")
    reports_since: str = Field(description="进展自何日起报")
    due_days: int = Field(description="期末后几天内报送")
    versions: list[VersionLine]


class SchemeTerms(Sent):
    """With whom it is shared, and since when and how soon progress is owed."""

    sharing: Sharing | None = Field(None, description=_EMPTY)
    reports_since: datetime.date | None = Field(None, description=_EMPTY)
    due_days: int | None = Field(None, description=_EMPTY)
    reason: str = Field("", description="记入历史；不写为“修改报送要求”")


class DutyAnswer(Schema):
    """A unit that leads or supports, as the document writes it."""

    id: str
    name: str = Field(description="文中写法")
    role: Duty.Role
    unit: dict[str, str] | None = Field(description="id、text；待确认则为空")
    group: dict[str, str] | None = Field(description="id、text；不是单位组则为空")
    start: int | None = Field(description="在原文中的起止，按字符；人工增加的为空")
    end: int | None


class SectionAnswer(Schema):
    """One clause with its duties."""

    id: str
    version: str
    edition: int = Field(description="这一版的修改次数，修改时写回")
    parent: str | None
    path: str = Field(description="条款号")
    heading: str
    text: str
    start: int = Field(description="在原文中的起止，按字符")
    end: int
    task: str | None = Field(description="任务的 id；没有责任单位的条款为空")
    duties: list[DutyAnswer]


class QuestionAnswer(Schema):
    """What the reading doubted."""

    id: str
    kind: Question.Kind
    name: str = Field(description="所问的单位写法；只关乎文字则为空")
    likeness: str = Field(description="疑似的单位")
    text: str
    reason: str
    start: int
    end: int


class VersionWhole(Schema):
    """One version: its source, its clauses in order, and what is still to be settled."""

    id: str
    scheme: str
    ordinal: int
    state: SchemeVersion.State
    edition: int
    saved_at: str | None
    text: str = Field(description="原文，一字不改")
    sections: list[SectionAnswer]
    questions: list[QuestionAnswer]


class Edition(Sent):
    """Which reading the caller saw."""

    edition: int = Field(description=_EDITION)


class QuestionReply(Sent):
    """How a name or a place is settled, wherever schemes of the side write it."""

    answer: Literal["unit", "group", "checked"] = Field(
        description="unit：即这个单位；group：指这些单位；checked：核对无误"
    )
    name: str = Field("", description="unit、group：所问的写法")
    units: list[UUID] = Field([], description="unit：一个；group：若干")
    questions: list[UUID] = Field([], description="checked：哪些")


class Settled(Schema):
    """What a reply settled, and what is left."""

    settled: int = Field(description="unit、group：对上的责任数；checked：核对的处数")
    open: int = Field(description="这一版还有几处待确认")


class SectionChange(Sent):
    """New words of a clause."""

    edition: int = Field(description=_EDITION)
    path: str | None = Field(None, description=_EMPTY)
    heading: str | None = Field(None, description=_EMPTY)
    start: int | None = Field(None, description=_EMPTY)
    end: int | None = Field(None, description=_EMPTY)


class SectionCut(Sent):
    """Where a clause is cut in two."""

    edition: int = Field(description=_EDITION)
    at: int = Field(description="后一半从原文的第几个字符开始")


class DutyNew(Sent):
    """A unit to answer for a clause."""

    edition: int = Field(description=_EDITION)
    unit: UUID
    role: Duty.Role
    name: str = Field("", description="文中写法；不写为单位名称")


class DutyRole(Sent):
    """Lead or support."""

    edition: int = Field(description=_EDITION)
    role: Duty.Role


class ChangedClause(Schema):
    """One clause that a draft adds, removes or changes."""

    change: Literal["added", "removed", "changed"]
    old: dict[str, str] | None = Field(description="现行：path、heading、text；新增则为空")
    new: dict[str, str] | None = Field(description="修订：path、heading、text；删去则为空")
    duties_added: list[dict[str, str]] = Field(description="name、role")
    duties_removed: list[dict[str, str]]
    roles_changed: list[dict[str, str]] = Field(description="name、role、before")


class MatrixTask(Schema):
    """A column of the matrix."""

    id: str
    path: str
    title: str


class MatrixUnit(Schema):
    """A row of the matrix."""

    unit: str | None = Field(description="单位的 id；待确认的写法为空")
    name: str
    roles: dict[str, Duty.Role] = Field(description="任务的 id → 牵头或配合")
    late: dict[str, int] = Field(description="任务的 id → 逾期未报几期")


class MatrixAnswer(Schema):
    """Which unit leads or supports which task."""

    tasks: list[MatrixTask]
    units: list[MatrixUnit]


class TaskLine(Schema):
    """A task of the caller's units, or of the side for who reaches it."""

    id: str
    path: str
    title: str
    scheme: str
    due_on: str | None
    role: str = Field(description="牵头、配合；看全方的为几个单位")
    late: int = Field(description="逾期未报几次")
    standing: str = Field(
        description="本季：late、returned、open、late_reported、reported、nil、verified；不报则为空"
    )


class OwedReport(Schema):
    """One unit's report for one quarter."""

    unit: dict[str, str]
    period: str
    due_on: str
    standing: str = Field(description="同 list_tasks")
    report: str | None = Field(description="可以读的进展，其 id")


class TaskWhole(Schema):
    """A task with who answers for it and what was reported."""

    id: str
    scheme: str
    version: str
    section: str
    path: str
    title: str
    text: str = Field(description="条文")
    frequency: Task.Frequency
    due_on: str | None
    ledgers: list[str]
    indicators: list[str]
    duties: list[DutyAnswer]
    reports: list[OwedReport]


class TaskPlan(Sent):
    """By when a task is done, how often it is reported, and what shows it."""

    frequency: Task.Frequency
    due_on: datetime.date | None = Field(None, description="到期一次的必填")
    ledgers: list[str] = Field([], description="台账的键")
    indicators: list[str] = Field([], description="指标的代码")
