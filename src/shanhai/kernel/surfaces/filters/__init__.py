"""Filters of a list, by the type of the column; each reads and writes its parameters of the address.

What a filter cannot read is said in words and selects nothing, so that no list shows more than was asked.
"""

from .base import PRESENCE, Filter, ours, shortened, told
from .build import ImportFilter, build_filters, filter_class, further_columns, narrowing

__all__ = [
    "PRESENCE",
    "Filter",
    "ImportFilter",
    "build_filters",
    "filter_class",
    "further_columns",
    "narrowing",
    "ours",
    "shortened",
    "told",
]
