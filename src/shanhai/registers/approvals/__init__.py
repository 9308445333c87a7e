"""Approval chains: who must agree before a row counts, in which order, and what each has said (ADR 0058)."""
