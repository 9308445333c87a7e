"""The form of a row: typed fields, values read by the rules of `kernel.sheets`, problems in words.

A sensitive field shows its mask and is never filled in: left empty it keeps its value.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.custom.values import is_custom
from shanhai.kernel.ledger import Fields, Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.choices import NO, SEPARATORS, YES
from shanhai.kernel.sheets.columns import CHOICE_SEPARATOR, Kind
from shanhai.kernel.sheets.problems import CellProblem
from shanhai.kernel.trees import TreeNode

from .customs import customs_of_unit
from .display import text_of_value
from .fields import FORM_COMMON, ResolvedColumn, resolve
from .links import link_to, with_query
from .offered import find_reference, periods_offered, refused_reference, units_opposite, units_within, uuid_of
from .pickers import TreePicker
from .typed import parse, stored

Drawn = dict[str, Any]
Problems = dict[str, list[str]]

_SEARCHABLE_FROM = 9
_TREE_UP_TO = 60
_MOST_OPTIONS = 500


@dataclass
class RowForm:
    """The form for a new row (`row` None) or for changing one."""

    ledger: Ledger[Any]
    actor: Actor
    row: LedgerModel | None = None
    #: What was typed; None when the form is shown for the first time.
    data: QueryDict | None = None
    #: Values a new form begins with.
    initial: Mapping[str, Any] = field(default_factory=dict)
    #: Only these fields (bulk edit); empty: all.
    only: Sequence[str] = ()
    #: Custom fields in the place of those of one unit (bulk edit).
    offered: tuple[ResolvedColumn, ...] | None = None
    problems: Problems = field(default_factory=dict)

    @property
    def columns(self) -> list[ResolvedColumn]:
        columns = [column for column in resolve(self.ledger).fields if column.is_editable]
        columns += self.customs
        return [column for column in columns if column.name in self.only] if self.only else columns

    @cached_property
    def customs(self) -> tuple[ResolvedColumn, ...]:
        """What the unit of the row asks for beside the national fields."""
        return customs_of_unit(self.ledger, self._unit_id()) if self.offered is None else self.offered

    def _unit_id(self) -> UUID | None:
        """The unit that is to have the row: as chosen in the form, else the row's, else the usual one.

        Shape: only a unit for which the reader files, or the form would tell what another unit asks for.
        """
        chosen = uuid_of(self.data.get("owner_unit")) if self.data is not None else None
        usual = self._usual_unit_id()
        if chosen is None or chosen == usual:
            return usual
        return chosen if any(unit.pk == chosen for unit in units_within(self.actor, self.ledger)) else usual

    def _usual_unit_id(self) -> UUID | None:
        if self.row is not None:
            return self.row.owner_unit_id
        given = self.initial.get("owner_unit_id") or getattr(self.initial.get("owner_unit"), "pk", None)
        grants = self.actor.grants_for(Verb.CREATE, self.ledger.key)
        return given or (grants[0].unit_id if grants else None)

    def values(self) -> dict[str, Any]:
        """Typed values of what was typed; what cannot be read is in `problems`."""
        found: dict[str, Any] = {}
        for column in self.columns:
            text = self.typed(column)
            if column.is_sensitive and (not text.strip() or text.strip() == self._mask(column)):
                if column.is_required and not self._mask(column):
                    self._refuse(column, _("必须填写「%(label)s」。") % {"label": column.label})
                continue
            self._read(column, text, found)
        return found

    def typed(self, column: ResolvedColumn) -> str:
        """What was typed, as a cell of a file has it."""
        data = self.data or QueryDict()
        if column.kind is Kind.MULTI_CHOICE:
            return CHOICE_SEPARATOR.join(data.getlist(column.name))
        return data.get(column.name, "")

    def _mask(self, column: ResolvedColumn) -> str:
        return str(column.value(self.row) or "") if self.row is not None else ""

    def _refuse(self, column: ResolvedColumn, sentence: str) -> None:
        self.problems.setdefault(column.name, []).append(sentence)

    def _read(self, column: ResolvedColumn, text: str, found: dict[str, Any]) -> None:
        if column.is_ticked:
            found[column.name] = text in {"1", "on", "yes"}
        elif column.related is not None:
            self._read_reference(column, text.strip(), found)
        else:
            value = parse(column, text)
            if isinstance(value, CellProblem):
                self._refuse(column, value.message)
            else:
                found[column.name] = stored(column, value)

    def _read_reference(self, column: ResolvedColumn, text: str, found: dict[str, Any]) -> None:
        if not text:
            if column.is_required:
                self._refuse(column, _("必须填写「%(label)s」。") % {"label": column.label})
            found[column.name] = None
            return
        if text == self._stored_key(column):
            return  # as it was, even where the reader may not choose it anew
        target = find_reference(column, text, self.actor)
        if target is None:
            self._refuse(column, refused_reference(column, text, self.actor))
        else:
            found[column.name] = target

    def _stored_key(self, column: ResolvedColumn) -> str:
        """Key of the row that the saved row points at; "" for a new row."""
        return str(getattr(self.row, f"{column.name}_id", None) or "") if self.row is not None else ""

    # What the page shows.

    def groups(self) -> list[Drawn]:
        """Fields in the groups of the ledger's panels, those in no group first."""
        drawn = {column.name: self._field(column) for column in self.columns}
        groups: list[Drawn] = []
        for panel in self.ledger.panels:
            if isinstance(panel, Fields) and panel.names:
                own = [drawn.pop(name) for name in panel.names if name in drawn]
                groups.append({"label": str(panel.title), "note": "", "fields": own})
        rest_title = next(
            (str(p.title) for p in self.ledger.panels if isinstance(p, Fields) and not p.names), ""
        )
        front = [drawn.pop(name) for name in FORM_COMMON if name in drawn]
        groups.insert(0, {"label": _("填报"), "note": "", "fields": front})
        own = [drawn.pop(column.name) for column in self.customs if column.name in drawn]
        groups.append({"label": rest_title or _("内容"), "note": "", "fields": list(drawn.values())})
        note = self.customs[0].custom.unit if self.customs and self.customs[0].custom else ""
        groups.append({"label": _("自定义字段"), "note": note, "fields": own, "is_custom": True})
        return [group for group in groups if group["fields"]]

    def laid_by(self) -> list[Drawn]:
        """What was typed into fields of another unit, for when that unit is chosen again."""
        asked, data = {column.name for column in self.columns}, self.data or QueryDict()
        names = [name for name in data if is_custom(name) and name not in asked]
        return [{"name": name, "value": value} for name in names for value in data.getlist(name) if value]

    def problem_list(self) -> list[Drawn]:
        """For components/problems.html, each leading to its field."""
        labels = {column.name: str(column.label) for column in self.columns}
        return [
            {
                "label": labels.get(name, _("整条记录")),
                "text": sentence,
                "anchor": f"id_{name}" if name else "main",
            }
            for name, sentences in self.problems.items()
            for sentence in sentences
        ]

    def _field(self, column: ResolvedColumn) -> Drawn:
        drawn: Drawn = {
            "name": column.name,
            "id": f"id_{column.name}",
            "label": str(column.label),
            "unit": str(column.unit),
            "help": str(column.help),
            "source": column.source,
            "required": column.is_required,
            "errors": self.problems.get(column.name, []),
            "maxlength": column.max_length,
        }
        return drawn | self._control(column)

    def _control(self, column: ResolvedColumn) -> Drawn:
        if column.is_sensitive:
            return self._sealed(column)
        if column.related is not None:
            return self._reference(column)
        if column.is_ticked:
            return {"kind": "check", "value": self._current(column) in {"1", "on", YES}}
        if column.kind is Kind.MULTI_CHOICE:
            return self._several(column)
        if options := self._options(column):
            return self._select(options, column)
        kind = (
            "number" if column.is_number else {Kind.DATE: "date", Kind.LONG_TEXT: "textarea"}.get(column.kind)
        )
        return {"kind": kind or "text", "value": self._current(column)}

    def _options(self, column: ResolvedColumn) -> list[tuple[str, str]]:
        """What is chosen from, as code and label; [] for what is typed."""
        if column.kind is Kind.BOOLEAN:
            return [(word, word) for word in (YES, NO)]
        if column.kind is Kind.PERIOD:
            return periods_offered(self.ledger, self._filed_by())
        return [(code, str(label)) for code, label in column.choices if code]

    def _current(self, column: ResolvedColumn) -> str:
        """What stands in the control: as typed, else the row's, else where a new form begins."""
        if self.data is not None:
            return self.typed(column)
        if self.row is not None:
            value = column.value(self.row)
        else:
            given = (self.initial.get(name) for name in (column.name, f"{column.name}_id"))
            value = next((value for value in given if value is not None), _default(column))
        return _written(value)

    def _sealed(self, column: ResolvedColumn) -> Drawn:
        mask = self._mask(column)
        told = _("现为 %(mask)s；不改就留空，填写则替换。") % {"mask": mask} if mask else str(column.help)
        return {
            "kind": "text",
            "value": self.typed(column) if self.data is not None and self.problems.get(column.name) else "",
            "help": told,
            "sensitive": True,
            "required": column.is_required and not mask,
            "autocomplete": "off",
            "maxlength": None,
        }

    def _select(self, options: Sequence[tuple[str, str]], column: ResolvedColumn) -> Drawn:
        current = self._current(column)
        if current and current not in dict(options):
            options = [(current, text_of_value(column, current)), *options]
        drawn = [{"value": code, "label": label, "selected": code == current} for code, label in options]
        if not (column.is_required and current):
            drawn.insert(0, {"value": "", "label": _("请选择"), "selected": not current})
        return {
            "kind": "select",
            "options": drawn,
            "search": len(options) >= _SEARCHABLE_FROM,
            "value": current,
        }

    def _several(self, column: ResolvedColumn) -> Drawn:
        """Boxes to tick; what was picked and is offered no more stands first."""
        picked = [one for one in SEPARATORS.split(self._current(column)) if one]
        labels = {code: str(label) for code, label in column.choices}
        offered = {one: one for one in picked if one not in labels} | labels
        options = [{"value": v, "label": label, "selected": v in picked} for v, label in offered.items()]
        return {"kind": "multi", "options": options, "value": "", "long": True}

    def _filed_by(self) -> tuple[str, UUID] | None:
        """Side and unit whose periods are offered: the row's own, else those a new row begins with."""
        if self.row is not None:
            return self.row.side, self.row.owner_unit_id
        grants = self.actor.grants_for(Verb.CREATE, self.ledger.key)
        return (grants[0].side, grants[0].unit_id) if grants else None

    def _reference(self, column: ResolvedColumn) -> Drawn:
        related = column.target
        if related._meta.label == settings.SHANHAI_UNIT_MODEL and column.name == "owner_unit":
            return self._choice(column, units_within(self.actor, self.ledger))
        if column.name == self.ledger.counterpart:
            return self._choice(column, units_opposite(self.actor, self.ledger, self.row))
        if issubclass(related, TreeNode):
            return self._tree(column) or self._lookup(column)
        if issubclass(related, LedgerModel):
            return self._lookup(column)
        return self._choice(column, related._default_manager.all()[:_MOST_OPTIONS])

    def _choice(self, column: ResolvedColumn, rows: Iterable[Any]) -> Drawn:
        options = {str(row.pk): str(row) for row in rows}
        if stored_key := self._stored_key(column):
            options.setdefault(stored_key, str(column.value(self.row)))
        return self._select(list(options.items()), column)

    def _tree(self, column: ResolvedColumn) -> Drawn | None:
        """The tree to choose from; None when it is too large to draw or does not hold the present value."""
        picker, current = TreePicker.load(column.target, self._is_offered), self._current(column)
        node = picker.by_code.get(current) or picker.by_key(uuid_of(current))
        if len(picker) > _TREE_UP_TO or (current and node is None):
            return None
        options = picker.options([node.code] if node else [])
        if not column.is_required:
            options.insert(0, {"value": "", "label": _("不填"), "selected": node is None, "children": []})
        return {"kind": "tree", "options": options, "value": ""}

    def _is_offered(self, node: Any) -> bool:
        """Places and units of the actor's own side, in force today."""
        is_ours = not node.side or node.side in self.actor.sides
        return is_ours and not (node.valid_to and node.valid_to < clock.today())

    def _lookup(self, column: ResolvedColumn) -> Drawn:
        current = self._current(column)
        if current and current == self._stored_key(column):
            target = column.value(self.row)
        else:
            target = find_reference(column, current, self.actor) if current else None
        url = link_to("lookup", key=column.target._meta.label_lower)
        if column.name != "place" and issubclass(column.target, TreeNode):
            url = with_query(url, {"wide": "1"})  # a row lies on its own side; people travel to the other
        offered = {"url": url, "text": str(target or current)}
        drawn: Drawn = {"kind": "lookup", "value": current, "lookup": offered}
        if column.asked is not None and column.target.may_ask_by_number(column.asked, self.actor):
            offered |= {"number_url": link_to("lookup_by_number"), "ledger": self.ledger.key}
            drawn["help"] = _("登记在其他单位的人员，填完整身份证号查找；每次查找都记录何人、何时、为何。")
        return drawn


def _default(column: ResolvedColumn) -> Any:
    target = column.model_field
    return target.get_default() if target is not None and target.has_default() else None


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, models.Model):
        return str(value.pk)
    return CHOICE_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
