"""History sealed in a chain of blocks: nothing of it changes without being found (ADR 0021)."""
