"""Figures of all months and places in one pass over the rows, not one statement for each (ADR 0023).

`terms` which indicators can be read so, and why others cannot · `columns` rows as arrays · `activity` when a
row counts, in months · `counted` what counts · `derived` conditions on tallies and dated rules · `summing`
what each row adds, and the sums · `tree` the places · `places` figures of every place at every level.

Sums stay and follow what is written (ADR 0026): `kept` those of this process · `changes` what was written
since, in tables `involved` · `following` what that touches · `again` a few objects read again, by planned
statements · `windowing` when these count · `held` what they had added · `answers` values as they are told.
`rolls`: members, reasons and rows, by the same means (ADR 0035).
"""
