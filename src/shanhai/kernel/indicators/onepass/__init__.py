"""Figures of all months and all places in one pass over the rows, instead of one statement for each.

`terms` which indicators can be read so, and why others cannot · `activity` when a row counts, in months ·
`counted` what counts, as SQL · `places` figures of every place at every level.
"""
