"""Looking into the text fields a ledger declares, from its own list and from the search over everything."""

from typing import Any

from django.db.models import Model, Q

from shanhai.kernel.checks import resolve_path
from shanhai.kernel.fields import SealedField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.scope import Actor, nothing

from .fields import ResolvedColumn, resolve_field
from .filters import ours, told
from .sorting import has_plain_field

#: Each word is sought in every text of the ledger: a letter of so many words would hold a worker for minutes.
MOST_WORDS = 20


def too_many_words(text: str) -> bool:
    return len(text.split(None, MOST_WORDS)) > MOST_WORDS


def search_condition(ledger: Ledger[Any], text: str, actor: Actor) -> Q:
    """Rows in which every word of `text` is found; sealed values whole, names also by pinyin letters.

    Shape: nothing for more than `MOST_WORDS`.
    """
    if too_many_words(text):
        return nothing()
    columns = [resolve_field(ledger.model, path) for path in ledger.search]
    condition = Q()
    for word in text.split():
        found = nothing()
        for column in columns:
            found |= _found_in(ledger, column, word, actor)
        condition &= found
    return condition


def _found_in(ledger: Ledger[Any], column: ResolvedColumn, word: str, actor: Actor) -> Q:
    if isinstance(column.model_field, SealedField):
        return Q(**{column.name: word}) & ours(actor)
    found = Q(**{f"{column.name}__icontains": word}) | _by_letters(ledger, column.name, word)
    return found & (ours(actor) if column.is_personal else told(column, actor))


def _by_letters(ledger: Ledger[Any], path: str, word: str) -> Q:
    """Names typed as the letters of their pinyin, where the model keeps them."""
    found = nothing()
    if not word.isascii() or not word.isalnum():
        return found
    prefix, _separator, last = path.rpartition("__")
    owner = resolve_path(ledger.model, path).model
    for letters in ("pinyin", "initials") if last == "name" else ():
        if has_plain_field(owner, letters):
            name = f"{prefix}__{letters}" if prefix else letters
            found |= by_letters(owner, name, word)
    return found


def by_letters(owner: type[Model], path: str, word: str) -> Q:
    """Names whose letters at `path` begin so; of bodies and units, which begin alike, also letters within."""
    is_within = path.endswith("initials") and not getattr(owner, "is_personal", False)
    return Q(**{f"{path}__{'contains' if is_within else 'startswith'}": word.lower()})
