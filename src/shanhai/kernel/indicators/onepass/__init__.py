"""Figures of all months and places in one pass over the rows, not one statement for each (ADR 0023).

`terms` which indicators can be read so, and why others cannot · `columns` rows as arrays · `activity` when a
row counts, in months · `counted` what counts · `derived` conditions on tallies and dated rules · `summing`
what each row adds · `kept` sums that stay, brought up to date by `changes` of the tables `involved` · `tree`
and `places` figures of every place at every level.
"""
