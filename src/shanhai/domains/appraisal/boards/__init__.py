"""Boards: map, findings of all chapters, a page for leaders, units compared, burden measured (ADR 0062)."""
