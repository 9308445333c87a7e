"""What the two sides make of their differences, each for itself (ADR 0061)."""
