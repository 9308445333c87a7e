"""Rows that are about to be written, where texts that name rows are looked up among them as well."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Planned:
    """No such rows: what forms, pages and the API see. A file brings its own, see `imports.references`."""

    def joined(self, stored: "QuerySet[Any]", **wanted: Collection[Any]) -> list[Any]:
        """The rows of `stored`, and planned ones of that model that hold one of the wanted values.

        Shape: `wanted` by `attname`; any of its fields may fit. A stored row that is about to change is given
        as it will be, so each caller reads the name of a row from the row and not from the question.
        """
        return list(stored)


NONE_PLANNED = Planned()
