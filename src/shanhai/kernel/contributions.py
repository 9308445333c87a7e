"""What the kernel's own packages contribute to its registries."""

from .evidence import panel as evidence_panel  # noqa: F401  (importing registers)
