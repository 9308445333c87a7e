"""Field types of the ledgers: unit and source are said once, in the field, and travel to every surface."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import lookups
from django.utils.translation import gettext_lazy as _

from shanhai.engines.values import Period, PeriodError

from .sealing import Kind, Sealed, SealedTexts, SealingError, installed_keyring, mask, reveal_column


class Described:
    """Adds `unit` (shown in headers) and `source` (the clause the field rests on).

    Neither reaches migrations.
    """

    unit: Any
    source: str

    def __init__(self, *args: Any, unit: Any = "", source: str = "", **kwargs: Any) -> None:
        self.unit = unit
        self.source = source
        super().__init__(*args, **kwargs)


class DerivedField:
    """A field whose value follows from the field `of`: whoever writes the row, one by one or as columns."""

    of: str

    def derived(self, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
        """The column that belongs to the columns of the others; both by `attname`."""
        raise NotImplementedError


class CountField(Described, models.PositiveIntegerField[Any, Any]):
    """A number of people, households, pieces: never negative."""


class DecimalField(Described, models.DecimalField[Any, Any]):
    """An exact quantity with a unit."""


class MoneyField(Described, models.DecimalField[Any, Any]):
    """Money in yuan, exact to the cent.

    Unit: yuan (元); pages may show 万元, the value stays yuan.
    """

    def __init__(self, *args: Any, allow_negative: bool = False, **kwargs: Any) -> None:
        self.allow_negative = allow_negative
        kwargs.setdefault("unit", _("元"))
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        if not allow_negative:
            kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)


class AreaField(DecimalField):
    """An area. Unit: 亩."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("unit", _("亩"))
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class PercentField(DecimalField):
    """A share entered as per cent, 0–100."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("unit", "%")
        kwargs.setdefault("max_digits", 5)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


class ComparedWhole:
    """For codes that nobody looks for by their beginning: one index, where Django makes two for text."""

    def db_type(self, connection: Any) -> str:
        # The same type by its full name; Django adds an index for LIKE where the name begins with "varchar".
        return f"character varying({self.max_length})"  # type: ignore[attr-defined]


class PeriodField(ComparedWhole, Described, models.CharField[Any, Any]):
    """A month, quarter or year by its code: `2021-09`, `2021Q3`, `2021`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 7)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        if value:
            try:
                Period.parse(value)
            except PeriodError as error:
                raise ValidationError(str(error), code="period") from None

    def get_prep_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Period) else super().get_prep_value(value)


class SealedField(Described, models.TextField[Any, Any]):
    """A sensitive text: encrypted at rest, a mask wherever it is printed, equality by a keyed blind index.

    A companion column `<name>_index` is added to the model; `filter(<name>="plain text")` compares indexes.
    """

    def __init__(self, *args: Any, kind: Kind, unique: bool = False, **kwargs: Any) -> None:
        self.kind = kind
        #: Whether the blind index is unique; the ciphertexts always differ.
        self.is_unique = unique
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["kind"] = self.kind
        if self.is_unique:
            kwargs["unique"] = True
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        is_historical = cls.__module__ == "__fake__"  # migrations carry the index column themselves
        if not cls._meta.abstract and not is_historical:
            index = BlindIndexField(
                of=name, unique=self.is_unique, is_led=_leads_a_constraint(cls, f"{name}_index")
            )
            cls.add_to_class(f"{name}_index", index)

    @property
    def column_name(self) -> str:
        """What a ciphertext is bound to, so that it cannot be moved to another column."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def normalise(self, text: str) -> str:
        """One writing per value, so that equal values have equal indexes.

        Errors: ValidationError with a sentence.
        """
        return text.strip()

    def sealed(self, text: str) -> Sealed:
        return Sealed.of(self.normalise(text), self.kind, self.column_name, installed_keyring())

    def sealed_blindly(self, text: str) -> Sealed:
        """A text that is no value of this field, in the place of one that was erased."""
        return Sealed.of(text, self.kind, self.column_name, installed_keyring())

    def normalised(self, texts: Sequence[str]) -> list[str | ValidationError]:
        """`normalise` of a column, and of those that it refuses why."""
        found: list[str | ValidationError] = []
        for text in texts:
            try:
                found.append(self.normalise(text))
            except ValidationError as refused:
                found.append(refused)
        return found

    def sealed_texts(self, texts: Sequence[str | None], others: Mapping[int, Any]) -> SealedTexts:
        """A column of normalised texts. Shape: see there."""
        return SealedTexts(texts, others, self.kind, self.column_name, installed_keyring())

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Sealed | str | None:
        if not value:
            return value
        return Sealed.load(value, self.kind, self.column_name, installed_keyring())

    def masks(self, tokens: Sequence[str | None]) -> list[str | None]:
        """What is shown of a column of stored values, opened together; what is empty stays so."""
        try:
            texts = installed_keyring().open_many([token or None for token in tokens], self.column_name)
        except SealingError:  # some are damaged, which is said where they stand
            found = [self.from_db_value(token, None, None) for token in tokens]
            return [None if value is None else str(value) for value in found]
        return [
            token if text is None else mask(self.kind, text)
            for token, text in zip(tokens, texts, strict=True)
        ]

    def revealed(self, tokens: Sequence[str | None]) -> list[str | None]:
        """Plain texts of a column of stored values; None for what is empty or does not open.

        Errors: RevealRefused outside `sealing.revealing`.
        """
        given = [token or None for token in tokens]
        try:
            return reveal_column(given, self.column_name, installed_keyring())
        except SealingError:  # some are damaged; the others are read all the same
            return [self._revealed_one(token) for token in given]

    def _revealed_one(self, token: str | None) -> str | None:
        with suppress(SealingError):
            return reveal_column([token], self.column_name, installed_keyring())[0]
        return None

    def to_python(self, value: Any) -> Any:
        return (
            self.sealed(value)
            if isinstance(value, str) and value and not isinstance(value, Sealed)
            else value
        )

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        value = self.to_python(getattr(model_instance, self.attname))
        if isinstance(value, Sealed) and value.column != self.column_name:
            value = value.moved_to(self.column_name)
        setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(value)
        return value.token if isinstance(value, Sealed) else value


def _leads_a_constraint(cls: Any, name: str) -> bool:
    unique = (one for one in cls._meta.constraints if isinstance(one, models.UniqueConstraint))
    return any(one.fields[:1] == (name,) and one.condition is None for one in unique)


@SealedField.register_lookup
class SealedExact(lookups.Exact):
    """Compares blind indexes: the plain text never reaches the database."""

    def get_prep_lookup(self) -> Any:
        if isinstance(self.rhs, Sealed):
            return self.rhs.blind_index
        try:
            return installed_keyring().blind_index(self.lhs.target.normalise(str(self.rhs)))
        except ValidationError:
            return ""  # what cannot be written in the field equals no row

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> Any:
        model = self.lhs.target.model
        index = model._meta.get_field(f"{self.lhs.target.name}_index")
        return compiler.compile(index.get_col(self.lhs.alias))

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]


class BlindIndexField(ComparedWhole, models.CharField[Any, Any]):
    """Keyed hash of a sealed field: equality and uniqueness without the plain text.

    `is_led`: the index of a unique constraint begins with it, so it needs none of its own. Hashes are spread
    over the whole of an index, which makes it the dearest there is to write.
    """

    def __init__(self, *args: Any, of: str = "", is_led: bool = False, **kwargs: Any) -> None:
        self.of, self.is_led = of, is_led
        kwargs |= {"max_length": 32, "editable": False, "null": True, "blank": True}
        kwargs["db_index"] = not (kwargs.get("unique") or is_led)
        kwargs.setdefault("verbose_name", _("盲索引"))
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["of"] = self.of
        if self.is_led:
            kwargs["is_led"] = True
        for key in ("max_length", "editable", "null", "blank", "db_index", "verbose_name"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        field = model_instance._meta.get_field(self.of)
        value = field.pre_save(model_instance, add)
        index = value.blind_index if isinstance(value, Sealed) else None
        setattr(model_instance, self.attname, index)
        return index


class LtreeField(models.CharField[Any, Any]):
    """Path of a tree node from its root, dot separated (PostgreSQL `ltree`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 512)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "ltree"

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> Any:
        return "%s::ltree", [value]

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::ltree"


@LtreeField.register_lookup
class DescendantOf(models.Lookup[Any]):
    """`path__descendant_of=p`: the node itself and everything below it."""

    lookup_name = "descendant_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        return f"{lhs} <@ %s::ltree", (*lhs_params, str(self.rhs))


@LtreeField.register_lookup
class AncestorOf(models.Lookup[Any]):
    """`path__ancestor_of=p`: the node itself and everything above it."""

    lookup_name = "ancestor_of"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, lhs_params = self.process_lhs(compiler, connection)
        return f"{lhs} @> %s::ltree", (*lhs_params, str(self.rhs))
