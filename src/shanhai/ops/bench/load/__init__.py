"""What one machine bears: people who work, on a ledger of over a million rows, in the real server.

Thresholds: `thresholds.toml`. People: `people`, by locust. Server, meters: `served`. Figures: `figures`.
"""

from .command import NAME, measure

__all__ = ["NAME", "measure"]
