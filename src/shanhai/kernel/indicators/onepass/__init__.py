"""Figures of all months and places in one pass over the rows, not one statement for each (ADR 0023).

`terms` which indicators can be read so, and why others cannot · `columns` rows as arrays · `activity` when a
row counts, in months · `counted` what counts · `derived` conditions on tallies and dated rules · `places`
figures of every place at every level.
"""
