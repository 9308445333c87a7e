"""Packages that one system sends up to another: figures with their rows, signed; and their sums."""

from .model import FORMAT, Figure, Header, Package, Row
from .reading import Fault, Finding, read_package, rows_of
from .rolling import Cell, RolledUp, changes, roll_up
from .writing import write_package

__all__ = [
    "FORMAT",
    "Cell",
    "Fault",
    "Figure",
    "Finding",
    "Header",
    "Package",
    "RolledUp",
    "Row",
    "changes",
    "read_package",
    "roll_up",
    "rows_of",
    "write_package",
]
