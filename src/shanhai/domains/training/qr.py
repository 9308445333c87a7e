"""A code to scan, as a drawing that stands in a page or on paper."""

import qrcode
import qrcode.image.svg


def qr_of(text: str) -> str:
    """SVG of the code of a text."""
    drawn = qrcode.make(text, image_factory=qrcode.image.svg.SvgPathImage)
    svg: str = drawn.to_string(encoding="unicode")
    return svg[svg.index("<svg") :]
