"""Which columns say who somebody is: read from the declarations of models, nobody is listed here."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from shanhai.kernel.fields import BlindIndexField, SealedField
from shanhai.kernel.rows import LedgerModel, Recorded

#: Beside rows of ledgers: papers are called by names, amendments repeat values.
BESIDE = (
    ("kernel_evidencelink", "name"),
    ("kernel_evidencefile", "shot_at"),
    ("kernel_evidencefile", "latitude"),
    ("kernel_evidencefile", "longitude"),
    ("kernel_amendment", "before"),
    ("kernel_amendment", "after"),
)


def identifying_fields(model: type[models.Model]) -> tuple[models.Field[object, object], ...]:
    """Sealed fields with their indexes, the name people are called by, what the model says besides."""
    declared = {*getattr(model, "identifying", ()), getattr(model, "name_field", "")}
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField | BlindIndexField) or field.name in declared
    )


def erasable() -> Iterator[tuple[str, str]]:
    """Table and column of all that `kernel_erase` may touch."""
    yield from BESIDE
    for model in apps.get_models():
        if issubclass(model, LedgerModel) and names_people(model):
            for field in identifying_fields(model):
                yield model._meta.db_table, str(field.column)
            yield model._meta.db_table, "extra"
        elif not issubclass(model, LedgerModel):  # what hangs on a person, as an account does
            for name in getattr(model, "identifying", ()):
                yield model._meta.db_table, str(model._meta.get_field(name).column)  # type: ignore[union-attr]


def names_people(model: type[Recorded]) -> bool:
    """Whether a row itself says who somebody is; others only point at such a row."""
    is_personal = bool(getattr(model, "is_personal", False))
    return is_personal and bool(identifying_fields(model))
