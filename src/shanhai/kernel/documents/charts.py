"""Bars of a chart as characters, so that Word, PDF, page and print draw the same without a picture."""

from decimal import Decimal

#: Characters of a full bar.
WIDTH = 12
_WHOLE, _PARTS = "█", ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def bar(share: Decimal | None, width: int = WIDTH) -> str:
    """A bar of this share of a full one, to an eighth of a character; above the whole it stays full."""
    if share is None or share <= 0:
        return ""
    eighths = min(int((share * width * 8).to_integral_value()), width * 8)
    whole, part = divmod(eighths, 8)
    return _WHOLE * whole + _PARTS[part]
