"""What the shell itself contributes to the registries of the kernel and its own."""

from . import search_operations  # noqa: F401  (importing registers)
from .workbench import duties, people, rows, searching, trees, upkeep  # noqa: F401  (importing registers)
