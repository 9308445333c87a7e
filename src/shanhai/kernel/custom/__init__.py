"""Fields that a unit adds to a ledger for its own rows, kept apart from the national ones (ADR 0017)."""
