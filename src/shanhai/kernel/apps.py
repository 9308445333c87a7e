"""Django application of the kernel."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models import fields
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def _protect(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from .database import protect
    from .standing import missing

    if not missing(using):  # else tables of today's models may not be there yet: the walls stay down
        protect(using)


def _make_way(sender: AppConfig, using: str, **kwargs: Any) -> None:
    from .database import make_way

    make_way(using)


class KernelConfig(AppConfig):
    name = "shanhai.kernel"
    label = "kernel"
    verbose_name = _("台账内核")

    def ready(self) -> None:
        # Django's Chinese has no word for it yet.
        fields.BLANK_CHOICE_LABEL = _("请选择")
        from . import checks  # noqa: F401  (registers the declaration checks)
        from .indicators import checks as indicator_checks  # noqa: F401
        from .observing.statements import watch
        from .registry import discover
        from .walls.every_row import open_base_managers

        discover()
        connection_created.connect(watch, dispatch_uid="kernel.watch")
        open_base_managers()
        # Sent once per application after all migrations ran; the kernel's own signal stands for all.
        pre_migrate.connect(_make_way, sender=self, dispatch_uid="kernel.make_way")
        post_migrate.connect(_protect, sender=self, dispatch_uid="kernel.protect")
