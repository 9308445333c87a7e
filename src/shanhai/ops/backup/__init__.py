"""Backups of a whole installation, encrypted and proved, and the way back into an empty place (ADR 0027)."""
