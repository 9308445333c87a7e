"""What the chapter contributes to the shell: menu, workbench, panels beside rows."""

from . import indicator_contributions  # noqa: F401  (importing registers)
