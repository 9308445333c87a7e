"""Minutes of a joint meeting 会议纪要: from their text to agenda and resolutions with units and days.

`read_minutes` never guesses in silence: what it is not sure of it says as a doubt of that line. No Django.
"""

from shanhai.engines.minutes.model import Item, Minutes
from shanhai.engines.minutes.reading import read_minutes

__all__ = ["Item", "Minutes", "read_minutes"]
