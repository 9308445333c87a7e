"""Users, their memberships, and the one-time link that makes the first administrator."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.custom.definitions import version as custom_fields_version
from shanhai.kernel.leads import BODY, PERSON, Subject
from shanhai.kernel.rows import Recorded
from shanhai.kernel.scope import Actor, Grant, Side
from shanhai.kernel.statements import rows_of
from shanhai.kernel.walls.kinds import Public, Wall
from shanhai.registers.parties.models import Body, Person, Unit
from shanhai.registers.places.models import Place

from ..owing import owes_factor
from ..roles import CHOICES, EMPLOYER, ROLES, WORKER, granted

SIGN_IN = "read to find out who acts; no business row"


class User(Recorded, AbstractUser):
    """A person who signs in.

    What they may do comes from memberships alone: Django's own permissions are not used.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("姓名"), max_length=40)
    #: The kind of administrators whose consent a shut account awaits; another kind made or reset it.
    awaits = models.CharField(_("待谁启用"), max_length=16, blank=True, default="", editable=False)
    must_change_password = models.BooleanField(_("首次登录须改密码"), default=True)
    #: When its owner last chose it; None for one that never grows old (accounts of the demonstration).
    password_changed_at = models.DateTimeField(_("口令更换时间"), null=True, blank=True, editable=False)

    #: Of the memberships that were in force when `actor` was last asked for.
    units: Sequence[Unit] = ()
    #: As of then: whether one of them demands a second factor that the user has not set up.
    owes_factor = False

    REQUIRED_FIELDS = ["name"]
    HISTORY_OMITS = ("last_login", "password_changed_at")
    HISTORY_DIGESTS = ("password",)
    #: What goes with an erased person, see `binding`.
    identifying: ClassVar[tuple[str, ...]] = ("username", "name")
    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("用户")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def actor(self) -> Actor:
        """The kernel's view of this user now: memberships in force, in order."""
        memberships = rows_of("memberships in force", _in_force, (self.pk, clock.today()), for_all=True)
        self.owes_factor = any(getattr(one, "owes_factor", False) for one in memberships)
        self.units = [membership.unit for membership in memberships]
        return Actor(
            key=str(self.pk),
            name=str(self),
            grants=tuple(membership.grant() for membership in memberships),
            user_id=self.pk,
            fields_version=getattr(memberships[0], "fields_version", "") if memberships else "",
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_force(self, day: Any) -> Self:
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def _in_force(given: tuple[Any, ...]) -> MembershipQuerySet:
    """Memberships of a user on a day, with the version of the custom fields and what they owe."""
    user, day = given
    found = Membership.objects.filter(user=user).in_force(day).select_related("unit__place", "place")
    return found.annotate(fields_version=custom_fields_version(), owes_factor=owes_factor(day))


class Membership(Recorded):
    """A role of a user in a unit, with dates. A user may have several.

    Of an account bound to a person or an employer (ADR 0041) it says to which; the unit is the one that keeps
    the row of the register. A binding moves when registers are merged, and never otherwise.
    """

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("岗位"), max_length=16, choices=CHOICES)
    place = models.ForeignKey(
        Place, verbose_name=_("辖区"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    employer = models.ForeignKey(
        Body,
        verbose_name=_("用工单位"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public(SIGN_IN)

    class Meta:
        verbose_name = verbose_name_plural = _("任职")
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                name="accounts_membership_user_unit_role_unique",
                violation_error_message=_("该用户在该单位已有这个岗位。"),
            ),
            models.UniqueConstraint(
                fields=["person"],
                name="accounts_membership_person_once",
                violation_error_message=_("这个人已有账号。"),
            ),
            models.CheckConstraint(
                condition=Q(role=WORKER, person__isnull=False, employer__isnull=True)
                | Q(role=EMPLOYER, person__isnull=True, employer__isnull=False)
                | (~Q(role__in=[WORKER, EMPLOYER]) & Q(person__isnull=True, employer__isnull=True)),
                name="accounts_membership_bound_check",
                violation_error_message=_("劳动者和用人单位的账号要指明是谁，其他岗位不能。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.unit} {ROLES[self.role].label}"

    def grant(self) -> Grant:
        place = self.place or self.unit.place
        return Grant(
            role=granted(self.role),
            side=Side(self.unit.side),
            unit_id=self.unit_id,
            unit_path=self.unit.path,
            place_path=place.path if place else None,
            subject=self.subject,
        )

    @property
    def subject(self) -> Subject | None:
        """Whom the account is bound to."""
        if self.person_id:
            return Subject(PERSON, self.person_id)
        return Subject(BODY, self.employer_id) if self.employer_id else None


class SetupLink(Recorded):
    """The one-time link that makes the first administrator of an empty installation. Only a hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    HISTORY_OMITS = ("digest",)
    HISTORY_IS_SHOWN = False

    WALL: ClassVar[Wall] = Public("before there is any account")

    class Meta:
        verbose_name = verbose_name_plural = _("首次设置链接")

    @classmethod
    def issue(cls) -> str:
        """A fresh token, valid for a day; earlier ones end."""
        token = secrets.token_urlsafe(24)
        now = timezone.now()
        cls.objects.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
        cls.objects.create(digest=_digest(token), expires_at=now + timedelta(days=1))
        return token

    @classmethod
    def find(cls, token: str, *, lock: bool = False) -> "SetupLink | None":
        """The link of `token` while it is good; `lock`ed, whoever comes next waits and then finds it used."""
        links = cls.objects.select_for_update() if lock else cls.objects.all()
        return links.filter(
            digest=_digest(token), used_at__isnull=True, expires_at__gt=timezone.now()
        ).first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
