"""What kind of installation this database is: one row, written by the owner role only."""

from typing import ClassVar

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connections, models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.walls.kinds import Public, Wall

from .errors import RuleViolated
from .rows import LedgerModel


class Installation(models.Model):
    """The single row that tells a demonstration from a real installation."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demonstration = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    WALL: ClassVar[Wall] = Public("one row: whether this is a demonstration")

    class Meta:
        app_label = "kernel"
        db_table = "kernel_installation"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="kernel_installation_single")]


def is_demonstration() -> bool:
    return Installation.objects.filter(is_demonstration=True).exists()


def mark_demonstration() -> None:
    """Turn this database into a demonstration. Errors: RuleViolated when it holds rows of real work."""
    if is_demonstration():
        return
    with connections["owner"].cursor() as cursor:
        for model in _models_of_real_work():
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{model._meta.db_table}")')  # noqa: S608
            if cursor.fetchone()[0]:
                raise RuleViolated(
                    _("数据库里已有“%(ledger)s”的真实数据，不能改成演示库。请另建一个空库。")
                    % {"ledger": model._meta.verbose_name}
                )
        cursor.execute(
            "INSERT INTO kernel_installation (id, is_demonstration, created_at) VALUES (1, true, now())"
            " ON CONFLICT (id) DO UPDATE SET is_demonstration = true"
        )


def _models_of_real_work() -> list[type[models.Model]]:
    """Users come first in real work: whoever went through the set-up has begun it."""
    rows = [model for model in apps.get_models() if issubclass(model, LedgerModel)]
    return [get_user_model(), *rows]
