"""The document: its versions, its clauses with their place in the text, what a person has to settle in it."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.models import Recorded
from shanhai.kernel.scope import Sharing, Side
from shanhai.kernel.walls.kinds import OfSide, OfWhoeverActs, Wall, Within
from shanhai.registers.parties.models import Unit


class Scheme(Recorded):
    """方案 — a document that lays duties on units, whatever version of it is in force."""

    side = models.CharField(_("所属方"), max_length=4, choices=Side.choices)
    sharing = models.CharField(_("共享"), max_length=7, choices=Sharing.choices, default=Sharing.PRIVATE)
    title = models.CharField(_("标题"), max_length=300)
    number = models.CharField(_("发文字号"), max_length=80, blank=True, default="")
    issuer = models.CharField(_("发文单位"), max_length=200, blank=True, default="")
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    addressees = models.JSONField(_("主送单位"), default=list, blank=True)
    reports_since = models.DateField(_("进展自何日起报"))
    due_days = models.SmallIntegerField(
        _("期末后天数"),
        default=10,
        validators=[MinValueValidator(0), MaxValueValidator(90)],
        help_text=_("进展在每期结束后几天内报送。"),
    )

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfSide(shared="sharing")

    class Meta:
        verbose_name = verbose_name_plural = _("方案")
        ordering: ClassVar = [F("dated_on").desc(nulls_last=True), "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def source(self) -> str:
        """How rows that rest on the scheme cite it."""
        return self.number or self.title


class SourceDocument(Recorded):
    """方案原文 — a text as it was read from a file, and what the grammar found in it. Never changed."""

    name = models.CharField(_("文件名"), max_length=200, blank=True, default="")
    text = models.TextField(_("原文"))
    parsed = models.JSONField(_("解析结果"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = OfWhoeverActs("is written before its scheme, and reached only through it")

    class Meta:
        verbose_name = verbose_name_plural = _("方案原文")

    def __str__(self) -> str:
        return self.name


class SchemeVersion(Recorded):
    """方案版本 — one reading of a text, corrected by hand: draft, then in force, then replaced."""

    class State(models.TextChoices):
        DRAFT = "draft", _("修订中")
        IN_FORCE = "in_force", _("现行")
        REPLACED = "replaced", _("已被替换")

    scheme = models.ForeignKey(
        Scheme, verbose_name=_("方案"), on_delete=models.PROTECT, related_name="versions"
    )
    document = models.ForeignKey(
        SourceDocument, verbose_name=_("原文"), on_delete=models.PROTECT, related_name="versions"
    )
    ordinal = models.PositiveSmallIntegerField(_("版次"))
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.DRAFT)
    #: Counts corrections: whoever corrects says which one they saw.
    edition = models.PositiveIntegerField(_("修改次数"), default=1)
    started_at = models.DateTimeField(_("建立时间"))
    saved_at = models.DateTimeField(_("生效时间"), null=True, blank=True)
    saved_by = models.CharField(_("生效人"), max_length=120, blank=True, default="")

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("scheme")

    class Meta:
        verbose_name = verbose_name_plural = _("方案版本")
        ordering: ClassVar = ["-ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "ordinal"], name="scheme_schemeversion_scheme_ordinal_unique"
            ),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(state="in_force"),
                name="scheme_schemeversion_one_in_force",
                violation_error_message=_("一个方案只能有一个现行版本。"),
            ),
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(state="draft"),
                name="scheme_schemeversion_one_draft",
                violation_error_message=_("这个方案已有一个修订中的版本。"),
            ),
        ]

    def __str__(self) -> str:
        return str(_("第 %(ordinal)s 版") % {"ordinal": self.ordinal})

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Section(Recorded):
    """条款 — a clause of one version.

    Shape: `start` and `end` span its own part of the source, without the clauses below it; in the order of
    `start` the spans follow one another and never overlap. `text` is that part, rejoined over page breaks.
    """

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="sections"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上级条款"),
        on_delete=models.CASCADE,
        related_name="children",
        null=True,
        blank=True,
    )
    path = models.CharField(_("条款号"), max_length=60, blank=True, default="")
    heading = models.CharField(_("标题"), max_length=300, blank=True, default="")
    text = models.TextField(_("条文"))
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("version")

    class Meta:
        verbose_name = verbose_name_plural = _("条款")
        ordering: ClassVar = ["version", "start"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "start"], name="scheme_section_version_start_unique"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="scheme_section_span_check"),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.heading}".strip() or str(_("（无标题）"))


class Question(Recorded):
    """待确认 — what the grammar doubted, and how a person settled it."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("疑似同一单位")
        GROUP = "group", _("一组单位")
        UNKNOWN_UNIT = "unknown_unit", _("未登记的单位")
        BRACKET_MISMATCH = "bracket_mismatch", _("括号不配对")
        BROKEN_LINE = "broken_line", _("断行已接")
        UNCLOSED_LIST = "unclosed_list", _("名单没有结束")

    class Answer(models.TextChoices):
        OPEN = "", _("待确认")
        UNIT = "unit", _("即该单位")
        GROUP = "group", _("即该单位组")
        CHECKED = "checked", _("核对无误")

    #: Questions about a name: answered once for every place where it is written.
    NAMING: ClassVar = (Kind.ALIAS, Kind.GROUP, Kind.UNKNOWN_UNIT)

    version = models.ForeignKey(
        SchemeVersion, verbose_name=_("版本"), on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField(_("类别"), max_length=16, choices=Kind.choices)
    #: The name that is asked about; empty where the question is about the text alone.
    name = models.CharField(_("单位写法"), max_length=120, blank=True, default="")
    #: The other name of a suspected pair.
    likeness = models.CharField(_("疑似"), max_length=120, blank=True, default="")
    text = models.CharField(_("原文"), max_length=500)
    reason = models.CharField(_("疑问"), max_length=500)
    start = models.PositiveIntegerField(_("起"))
    end = models.PositiveIntegerField(_("止"))
    answer = models.CharField(
        _("答复"), max_length=7, choices=Answer.choices, blank=True, default=Answer.OPEN
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_by = models.CharField(_("答复人"), max_length=120, blank=True, default="")
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects: ClassVar[Any] = models.Manager()

    WALL: ClassVar[Wall] = Within("version")

    class Meta:
        verbose_name = verbose_name_plural = _("待确认事项")
        ordering: ClassVar = ["version", "start", "kind"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.text}"
