"""Evidence packs: the papers behind a figure, a unit, a self-report or an appraisal as a zip (ADR 0060)."""
