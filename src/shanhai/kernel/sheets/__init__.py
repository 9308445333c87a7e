"""Spreadsheets in and out, and the values in their cells: files and values, no Django and no database.

A `SheetColumn` says what a column holds. From a tuple of them follow the template that people fill
(`template`), the reading of what they send back (`reading`), exports that read back unchanged (`writing`) and
the workbook that shows what must be mended (`marking`). The kernel maps ledger declarations onto columns;
nothing here knows a ledger.
"""
