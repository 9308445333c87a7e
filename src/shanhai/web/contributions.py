"""What the shell itself contributes to the registries of the kernel and its own."""

from .workbench import duties, people, rows, searching, trees, upkeep  # noqa: F401  (importing registers)
