"""The pinyin of a name beside the name, true whoever writes the row: a page, an import, a bulk insert."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from shanhai.kernel import pinyin

_WAYS: Mapping[str, Callable[[str], str]] = {
    "text": pinyin.sort_key,
    "person": pinyin.name_sort_key,
    "initials": pinyin.initials,
}


class PinyinField(models.CharField[Any, Any]):
    """Letters of the column `of`, spelled as a text, as a person's name, or by first letters only."""

    def __init__(self, *args: Any, way: str = "text", of: str = "name", **kwargs: Any) -> None:
        self.way, self.of = way, of
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"way": self.way, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Called for every row written, by whichever way."""
        spelled = _WAYS[self.way](getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, spelled)
        return spelled
