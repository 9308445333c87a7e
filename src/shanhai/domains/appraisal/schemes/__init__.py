"""Appraisal: schemes as data, tried and released; what each unit is scored, and from what (ADR 0057)."""
