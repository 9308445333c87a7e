"""Indicators: declared expressions over ledgers, computed to figures, to rows with reasons, and to words.

`declare` what an indicator is · `registry` which there are · `compile` its SQL · `figures` values, splits,
trends · `rows` what was counted and what not, and why · `reconcile` the two sides · `words` the definition
in words.
"""
