"""What a project would build with django-import-export at its best: bulk writes, one query for known rows.

The same checks, sealing and scope as ours; what the library offers for speed is used (`use_bulk`,
`CachedInstanceLoader`, no diffs, no reports, references resolved once).
"""

from decimal import Decimal
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export import resources, widgets
from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader

from shanhai.kernel import clock, context
from shanhai.kernel.scope import Actor
from shanhai.kernel.sealing import Sealed, installed_keyring
from shanhai.registers.parties.fields import parse_identity
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place

from .ground import TODAY, actor
from .people.ledgers import FIELDS, problems_of
from .people.models import Worker

_KEY = "identity_number_index"
_TEXTS = ("education", "skill", "wish", "household", "employer", "city", "post", "note", "phone")


class Raw(widgets.Widget):  # type: ignore[misc]
    """Takes a value as it is."""

    def clean(self, value: Any, row: Any = None, **options: Any) -> Any:
        return value


class Workers(resources.ModelResource):  # type: ignore[misc]
    """The resource; `people` is who imports."""

    identity_number_index = Field(attribute=_KEY, column_name=_KEY, widget=Raw())

    class Meta:
        model = Worker
        import_id_fields = (_KEY,)
        fields = ("identity_number_index", *FIELDS)
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        skip_unchanged = False
        instance_loader_class = CachedInstanceLoader

    def __init__(self, who: Actor, **options: Any) -> None:
        super().__init__(**options)
        self.who = who
        self.counts = {"created": 0, "updated": 0, "wrong": 0}
        for name in FIELDS:
            self.fields[name] = Field(attribute=name, column_name=name, widget=Raw())

    def get_queryset(self) -> Any:
        return Worker.objects.visible_to(self.who)

    def get_bulk_update_fields(self) -> list[str]:
        return [*FIELDS, "phone_index", "import_id", "row_version"]

    def before_import(self, dataset: Any, **options: Any) -> None:
        places = Place.objects.select_related("parent__parent__parent")
        self.places = {place.reference_text(): place for place in places}
        self.unit = Unit.objects.get(pk=self.who.home.unit_id)  # type: ignore[union-attr]
        self.choices = {
            f.name: {str(label): code for code, label in f.choices} for f in Worker._meta.fields if f.choices
        }
        ring, seen = installed_keyring(), set()
        indexes, self.repeated = [], set()
        for text in dataset["identity_number"]:
            index = self._index(ring, text)
            if index in seen:
                self.repeated.add(index)
            seen.add(index)
            indexes.append(index)
        dataset.append_col(indexes, header=_KEY)

    def _index(self, ring: Any, text: Any) -> str:
        try:
            return str(ring.blind_index(parse_identity(str(text), clock.today()).number))
        except ValidationError:
            return ""

    def before_import_row(self, row: Any, **options: Any) -> None:
        """The checks of ours, cell by cell."""
        problems = self._key_problems(row[_KEY]) | self._choice_problems(row)
        row["place"] = self.places.get(str(row["place"]).strip())
        if row["place"] is None:
            problems["place"] = "no such place"
        for name in ("is_relocated", "is_insured"):
            row[name] = {"是": True, "否": False}.get(row[name])
        for name in ("left_on", "returned_on"):
            row[name] = row[name].date() if row[name] else None
        row["wage"] = Decimal(f"{row['wage']:.2f}")
        for name in _TEXTS:
            row[name] = str(row[name] or "").strip()
        problems |= problems_of(row["left_on"], row["returned_on"], TODAY)
        if problems:
            raise ValidationError(problems)

    def _key_problems(self, index: str) -> dict[str, Any]:
        if index and index not in self.repeated:
            return {}
        return {"identity_number": "repeated" if index else "wrong number"}

    def _choice_problems(self, row: Any) -> dict[str, Any]:
        problems = {}
        for name, codes in self.choices.items():
            if name in FIELDS and row[name]:
                row[name] = codes.get(str(row[name]).strip())
                if row[name] is None:
                    problems[name] = "no such choice"
        return problems

    def before_save_instance(self, instance: Any, row: Any, **options: Any) -> None:
        instance.owner_unit, instance.side = self.unit, self.unit.side
        instance.import_id = options["import_id"]
        instance.clean_fields(exclude=("owner_unit", "place"))
        if not instance._state.adding:  # what saving computes, bulk_update leaves out
            instance.row_version += 1
            phone: Any = Worker._meta.get_field("phone_index")
            phone.pre_save(instance, False)

    def bulk_create(self, *args: Any, **options: Any) -> None:
        _seal(self.create_instances)
        super().bulk_create(*args, **options)

    def bulk_update(self, *args: Any, **options: Any) -> None:
        _seal(self.update_instances)
        super().bulk_update(*args, **options)


def _seal(workers: list[Worker]) -> None:
    """At once, as ours does it."""
    for name in ("identity_number", "phone"):
        values = (getattr(worker, name) for worker in workers)
        Sealed.seal_all(value for value in values if isinstance(value, Sealed))


def import_workbook(run: Any, username: str) -> str:
    """Created, updated and refused rows."""
    who = actor(username)
    with clock.at(TODAY):
        run.start()
        data = tablib.Dataset().load(run.workbook.read_bytes(), format="xlsx", read_only=True)
        run.stage("parse")
        with context.acting(who, reason="基准"):
            result = _import(Workers(who), data)
            run.stage("import")
        run.stage("commit")
    totals = result.totals
    return f"{totals['new']} {totals['update']} {totals['error'] + totals['invalid']}"


def _import(resource: Workers, data: Any) -> Any:
    from uuid_utils.compat import uuid7

    data.headers = list(FIELDS)
    return resource.import_data(data, use_transactions=True, raise_errors=False, import_id=uuid7())
