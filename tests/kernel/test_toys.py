"""The toys use every option of the kernel's declarations: one that no toy uses is tested by nothing."""

import dataclasses
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from shanhai.kernel import fields
from shanhai.kernel.ledger import Column, EvidenceClass, Fields, Ledger, Related, Template
from shanhai.kernel.registry import registry
from shanhai.kernel.within import Further, Within
from shanhai.kernel.workflow import JOINT, PLAIN, Amending, State, Transition

TOYS = [ledger for ledger in registry if ledger.app_label == "toys"]
#: What a ledger answers by itself, and what needs persons, who are no toys (`tests/registers/parties`).
_ANSWERS = {"asks_by_number", "is_joint", "is_kept_by", "label", "life", "locked", "rows_with_units"}
#: Fields that others bring along: indexes of sealed values, paths of trees.
_BROUGHT = {fields.BlindIndexField, fields.LtreeField}
PARTS = (Column, EvidenceClass, Fields, Related, Template)


def options_of_a_ledger() -> list[str]:
    """Attributes and hooks."""
    hooks = {name for name, value in vars(Ledger).items() if inspect.isfunction(value) and name[0] != "_"}
    return sorted({*inspect.get_annotations(Ledger), *hooks} - _ANSWERS)


@pytest.mark.parametrize("name", options_of_a_ledger())
def test_a_toy_ledger_uses_the_option(name: str) -> None:
    default = getattr(Ledger, name, None)
    assert any(vars(type(toy)).get(name, default) != default for toy in TOYS)


def _parts() -> Iterator[Any]:
    for toy in TOYS:
        yield from (*toy.columns, *toy.panels, *toy.evidence_classes)


def options_of(*declarations: type[Any]) -> list[tuple[type[Any], str]]:
    return [(one, option.name) for one in declarations for option in dataclasses.fields(one)]


def is_used(declaration: type[Any], name: str, among: Iterator[Any]) -> bool:
    default = {option.name: option.default for option in dataclasses.fields(declaration)}[name]
    return any(getattr(one, name) != default for one in among if isinstance(one, declaration))


@pytest.mark.parametrize(("part", "name"), options_of(*PARTS))
def test_a_toy_declares_a_part_with_the_option(part: type[Any], name: str) -> None:
    assert is_used(part, name, _parts())


@pytest.mark.parametrize(("part", "name"), options_of(Transition, Amending))
def test_row_life_uses_every_option_of_a_step(part: type[Any], name: str) -> None:
    assert is_used(part, name, (one for life in (PLAIN, JOINT) for one in (*life.steps, *life.amending)))


@pytest.mark.parametrize(("part", "name"), options_of(Within, Further))
def test_a_toy_holds_its_rows_within_what_another_has(part: type[Any], name: str) -> None:
    held = [link for toy in TOYS for link in toy.model.WITHIN]
    further = [one for link in held for one in (*link.raised_by, *link.used_by)]
    assert is_used(part, name, iter([*held, *further]))


def test_row_life_reaches_every_state() -> None:
    assert set(PLAIN.states) | {State.AWAITING} == set(JOINT.states) == set(State)


def field_classes() -> list[type[Any]]:
    """Kinds of fields that a model declares itself."""
    found = [one for _name, one in inspect.getmembers(fields, inspect.isclass)]
    own = [one for one in found if issubclass(one, models.Field) and one.__module__ == fields.__name__]
    return [one for one in own if one not in _BROUGHT]


def _toy_fields() -> list[Any]:
    return [field for model in apps.get_app_config("toys").get_models() for field in model._meta.get_fields()]


@pytest.mark.parametrize("kind", field_classes(), ids=lambda kind: kind.__name__)
def test_a_toy_has_a_field_of_the_kind_with_each_of_its_options(kind: type[Any]) -> None:
    found = [field for field in _toy_fields() if isinstance(field, kind)]
    assert found
    ours = [one for one in kind.__mro__ if one.__module__ == fields.__name__ and "__init__" in vars(one)]
    options = {
        option
        for one in ours
        for option in inspect.signature(vars(one)["__init__"]).parameters.values()
        if option.kind is option.KEYWORD_ONLY
    }
    unused = {one.name for one in options if not any(_has(field, one) for field in _toy_fields())}
    assert unused == set()


def _has(field: Any, option: inspect.Parameter) -> bool:
    attribute = {"unique": "is_unique"}.get(option.name, option.name)
    return getattr(field, attribute, option.default) not in {option.default, "", None}
