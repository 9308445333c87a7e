"""One person once (ADR 0040): which rows are probably one person, what was decided, merging and undoing."""
