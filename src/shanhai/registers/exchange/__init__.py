"""Packages sent up and taken in: figures of several counties side by side (ADR 0064)."""
