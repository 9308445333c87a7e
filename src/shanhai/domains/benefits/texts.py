"""The text of a policy as plain values, which a release keeps and `rules` reads; and its digest."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from shanhai.domains.labour.models import Destination
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Person

from .models import Policy, PolicyTerm

_SPLIT = re.compile(r"[、，,;；\s]+")
#: Options of the facts that have some: code → what people call it.
LABELS: Mapping[str, Mapping[str, Any]] = {
    "category": dict(Person.Category.choices),
    "destination": dict(Destination.choices),
}
_LEFT_OUT = (State.VOIDED, State.RETURNED)


def codes_of(fact: str, written: str) -> tuple[list[str], list[str]]:
    """Options named in a text by code or by what people call them, and words that name none."""
    labels = LABELS.get(fact, {})
    by_word = {str(label): code for code, label in labels.items()} | {code: code for code in labels}
    words = [word for word in _SPLIT.split(written) if word]
    return [by_word[word] for word in words if word in by_word], [w for w in words if w not in by_word]


def terms_of(policy: Policy) -> list[PolicyTerm]:
    """Those that make its text, in order: neither voided nor returned."""
    rows = PolicyTerm.objects.filter(policy=policy).exclude(state__in=_LEFT_OUT)
    return list(rows.order_by("number", "kind", "valid_from", "id"))


def text_of(policy: Policy, terms: list[PolicyTerm]) -> dict[str, Any]:
    """The whole of it, of JSON's own values."""
    return {
        "code": policy.code,
        "name": policy.name,
        "audience": policy.recipients,
        "period_kind": policy.period_kind,
        "amount_by": policy.amount_by,
        "amount_times": policy.amount_times,
        "document": policy.legal_basis,
        "terms": [_told(one) for one in terms],
    }


def _told(term: PolicyTerm) -> dict[str, Any]:
    is_condition = term.kind == PolicyTerm.Kind.CONDITION
    return {
        "number": term.number,
        "kind": term.kind,
        "fact": term.fact if is_condition else "",
        "operator": term.operator if is_condition else "",
        "value": None if term.value is None else f"{term.value:f}",
        "choices": codes_of(term.fact, term.choices_text)[0],
        "threshold": None if term.threshold is None else f"{term.threshold:f}",
        "clause": term.wording,
        "document": term.legal_basis,
        "valid_from": term.valid_from.isoformat(),
        "valid_to": term.valid_to.isoformat() if term.valid_to else None,
    }


def digest_of(text: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(text, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
