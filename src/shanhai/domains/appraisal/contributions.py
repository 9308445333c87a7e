"""What the chapter contributes to the shell and the API: menu, workbench, panels beside rows, operations."""

from . import (  # noqa: F401  (importing registers)
    bulletin_contributions,
    bulletin_operations,
    indicator_contributions,
    indicator_operations,
    target_operations,
)
