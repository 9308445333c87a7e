"""Obligations 应报: dated rules say who files which ledger how often; the rows tell whether it was filed.

`obligations` makes them from the rules, `filed` says what counts as filed, `states` how each one stands.
"""
