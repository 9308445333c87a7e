"""The pinyin of a name beside the name, true whoever writes the row: a page, an import, a bulk insert."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models

from shanhai.kernel import pinyin
from shanhai.kernel.fields import DerivedField

_WAYS: Mapping[str, Callable[[str], str]] = {
    "text": pinyin.sort_key,
    "person": pinyin.name_sort_key,
    "initials": pinyin.initials,
    "person_initials": pinyin.name_initials,
}


class PinyinField(DerivedField, models.CharField[Any, Any]):
    """Letters of the column `of`, spelled as a text, as a person's name, or by first letters only."""

    def __init__(self, *args: Any, way: str = "text", of: str = "name", **kwargs: Any) -> None:
        self.way, self.of = way, of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"way": self.way, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        spelled = self._spelled(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, spelled)
        return spelled

    def derived(self, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        names = columns[self.of]
        known = {name: self._spelled(name) for name in set(names)}
        return [known[name] for name in names]

    def _spelled(self, name: str) -> str:
        return _WAYS[self.way](name)[: self.max_length]
