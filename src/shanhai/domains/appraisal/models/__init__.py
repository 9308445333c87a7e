"""Tables of appraisal, where Django looks for them."""

from .targets import IndicatorTarget

__all__ = ["IndicatorTarget"]
