"""Persons 人员: one person once per side, by identity number."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.by_number import Asked
from shanhai.kernel.leads import PERSON, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import installed_keyring
from shanhai.kernel.workflow import State
from shanhai.registers.spelling import PinyinField

from .fields import IdentityNumberField, PhoneField, parse_identity


class Person(LedgerModel):
    """A real person behind rows of several chapters.

    The other side keeps its own row; the blind index tells they are one.

    `place` is the household registration.
    """

    class Sex(models.TextChoices):
        MALE = "male", _("男")
        FEMALE = "female", _("女")

    class Category(models.TextChoices):
        ORDINARY = "ordinary", _("一般农户")
        OUT_OF_POVERTY = "out_of_poverty", _("脱贫人口")
        MONITORED = "monitored", _("监测对象")

    #: The kernel masks names of persons for the other side.
    is_personal: ClassVar[bool] = True
    name_field: ClassVar[str] = "name"
    identifying: ClassVar[tuple[str, ...]] = ("born_on", "pinyin", "initials")

    leads_to: ClassVar[Leads] = {PERSON: Lead("pk")}

    identity_number = IdentityNumberField(_("身份证号"))
    name = models.CharField(_("姓名"), max_length=40)
    sex = models.CharField(_("性别"), max_length=6, choices=Sex.choices, blank=True, default="")
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    category = models.CharField(
        _("人员类别"), max_length=14, choices=Category.choices, default=Category.ORDINARY
    )
    is_relocated = models.BooleanField(_("易地搬迁"), default=False)
    phone = PhoneField(_("联系电话"), blank=True)
    is_restricted = models.BooleanField(_("停止处理"), default=False, editable=False)
    pinyin = PinyinField(_("拼音"), max_length=120, way="person")
    initials = PinyinField(_("拼音首字母"), max_length=40, way="person_initials")

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["pinyin"]
        constraints = [
            models.UniqueConstraint(
                fields=["identity_number_index", "side"],
                name="parties_person_side_identity_number_unique",
                violation_error_message=_("该方已登记过这个身份证号的人员。"),
            ),
        ]

    def reference_text(self) -> str:
        return str(self.identity_number)

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Persons by identity number as files write it, spaces and small x included."""
        ring, today = installed_keyring(), clock.today()
        index_of: dict[str, str] = {}
        for text in texts:
            with suppress(ValidationError):
                index_of[text] = ring.blind_index(parse_identity(text, today).number)
        wanted = set(index_of.values())
        people = cls.objects.filter(identity_number_index__in=wanted, is_restricted=False)
        by_index = {
            person.identity_number_index: person
            for person in planned.joined(people, identity_number_index=wanted)
        }
        into = cls.standing_for([person for person in by_index.values() if person.state == State.VOIDED])
        return {
            text: into.get(by_index[index].pk, by_index[index])
            for text, index in index_of.items()
            if index in by_index
        }

    @classmethod
    def may_ask_by_number(cls, asked: Asked, actor: Actor) -> bool:
        from . import naming  # noqa: PLC0415  (names persons itself)

        return naming.may_ask(asked, actor)

    @classmethod
    def found_by_number(cls, texts: Iterable[str], asked: Asked, actor: Actor) -> dict[str, Any]:
        """See `naming`."""
        from . import naming  # noqa: PLC0415  (as above)

        return dict(naming.found(texts, asked, actor))

    @classmethod
    def held_by_ticket(cls, key: Any, asked: Asked, actor: Actor) -> "Person | None":
        from . import naming  # noqa: PLC0415  (as above)

        return naming.held(key, asked, actor)

    @classmethod
    def why_not_by_number(cls, text: str, asked: Asked, actor: Actor) -> str:
        from . import naming  # noqa: PLC0415  (as above)

        return naming.why_not(text, asked, actor)

    @classmethod
    def why_no_reference(cls, text: str) -> str:
        try:
            parse_identity(text, clock.today())
        except ValidationError as refused:
            return " ".join(map(str, refused.messages))
        return ""

    @classmethod
    def standing_for(cls, voided: Sequence["Person"], rows: Any = None) -> dict[Any, "Person"]:
        """Of persons that were merged into another, who stands for them now; in turn, if that one was too.

        Shape: `rows` is the manager that finds them, the default one unless said.
        """
        merges: Any = cls._meta.get_field("merges").related_model
        found: dict[Any, Person] = {}
        asked = {person.pk: person.pk for person in voided}
        while asked:
            merged = merges.objects.filter(loser__in=asked.values(), undone_at__isnull=True)
            into = dict(merged.values_list("loser", "winner"))
            winners = (rows or cls.objects).in_bulk(list(into.values()))
            reached = {first: winners[into[now]] for first, now in asked.items() if into.get(now) in winners}
            found |= reached
            asked = {first: one.pk for first, one in reached.items() if one.state == State.VOIDED}
        return found
