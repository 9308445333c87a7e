"""What the shell itself contributes to the registries of the kernel and its own."""

from .workbench import duties, people, rows, searching, upkeep  # noqa: F401  (importing registers)
