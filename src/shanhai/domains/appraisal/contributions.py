"""What the chapter contributes to the shell: menu, workbench, panels beside rows."""

from . import bulletin_contributions, indicator_contributions  # noqa: F401  (importing registers)
