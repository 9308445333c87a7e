"""How operations are called in the document."""

from typing import Any

from shanhai.kernel.ledger import Ledger


def named(ledger: Ledger[Any], what: str, label: str) -> dict[str, Any]:
    """How an operation is called; columns that were not asked for stay out of its answer."""
    name = f"{ledger.app_label}_{ledger.slug}_{what}"
    return {"operation_id": name, "summary": f"{ledger.label}：{label}", "exclude_unset": True}


def called(name: str, summary: str, **more: Any) -> dict[str, Any]:
    """The same of an operation that belongs to no ledger."""
    return {"operation_id": name, "summary": summary, **more}
