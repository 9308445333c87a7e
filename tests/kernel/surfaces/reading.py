"""Pages as their reader sees them."""

from typing import Any

from bs4 import BeautifulSoup

WORKSHOPS = "/toys/workshop/"
OUTPUTS = "/toys/output/"


def page(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def codes(response: Any) -> list[str]:
    """First cells of the rows of a list."""
    return [cell.get_text(strip=True) for cell in page(response).select("main table.ledger tbody th")]


def words(response: Any) -> str:
    return " ".join(page(response).get_text(" ").split())
