"""The seals of both sides: keys, statements about rows that count, and whether they still hold (ADR 0064)."""
