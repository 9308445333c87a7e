"""Shapes of what the API says of bulletins, and of what it is told."""

from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from shanhai.kernel.surfaces.api.bodies import Sent


class BulletinAnswer(Schema):
    """A bulletin in a list."""

    id: str
    period: str
    form: str = Field(description="bulletin 通报、dispatch 月调度表、summary 总结")
    title: str
    number: str = Field(description="发文字号")
    state: str = Field(description="draft、issued、withdrawn")
    unit: dict[str, str] = Field(description="发文单位：id、text")
    issued_at: str | None
    sent: int = Field(description="主送单位数")
    received: int = Field(description="已签收的单位数")


class SlotAnswer(Schema):
    """The running text of one part."""

    key: str
    label: str
    text: str = Field(description="数字写成 {引用名}，取自 figures 的 key")
    edited_by: str


class BulletinFigureAnswer(Schema):
    """One number, as it was when it was taken."""

    id: str
    key: str = Field(description="引用名")
    label: str
    value: str | None
    unit: str
    now: str | None = Field(description="印出的数与现值不同时，现值；相同或没有印出则为空")
    is_open: bool = Field(description="与现值不同，还没有更新，也没有写明理由保留")
    kept_reason: str


class ReceiptAnswer(Schema):
    """An addressee."""

    unit: dict[str, str] = Field(description="id、text")
    received_at: str | None
    received_by: str
    remark: str


class BulletinWhole(BulletinAnswer):
    """A bulletin with everything that makes it."""

    version: int = Field(description="修改时须带上")
    copies: str = Field(description="抄送")
    digest: str = Field(description="签发文本的摘要")
    slots: list[SlotAnswer]
    figures: list[BulletinFigureAnswer]
    receipts: list[ReceiptAnswer]
    problems: list[str] = Field(description="还不能签发的原因；只告诉能签发的人")


class BulletinPeriod(Sent):
    """About which period."""

    period: str = Field(description="通报期，如 2021Q3、2021；月调度表为月份；总结为年或第二季度（上半年）")
    form: Literal["bulletin", "dispatch", "summary"] = "bulletin"


class BulletinChange(Sent):
    """What changes of a draft; what is not said stays."""

    version: int = Field(description="读到的版本；已被他人改动时返回 409")
    title: str | None = None
    number: str | None = None
    copies: str | None = None
    texts: dict[str, str] = Field(default_factory=dict, description="部分的 key → 叙述")
    addressees: list[UUID] | None = Field(None, description="主送单位；不说则不变")


class StepReason(Sent):
    """Why."""

    reason: str = Field("", max_length=500, description="撤回、保留原值必须写明理由")


class ReceiptBody(Sent):
    """What is said on receiving."""

    remark: str = Field("", max_length=300, description="意见")
