"""What axe finds wrong with a page for who cannot see it or cannot use a mouse."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
#: Rows of a table are drawn alike: a few tell of all, and looking at each takes long.
_MORE_ROWS = "tbody tr:nth-child(n+5)"
#: Style sheets and films are fetched again only for remarks that are not grave.
_HOW = {"resultTypes": ["violations"], "preload": False}
#: What keeps somebody from using the page; lesser remarks are for who writes the page.
_GRAVE = {"serious", "critical"}


def barriers(page: Page) -> list[str]:
    """Grave violations of WCAG 2.2 A and AA, each with the rule, where it is and how axe would mend it."""
    page.evaluate(_AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "async ([more, how]) => (await axe.run({exclude: [more]}, how)).violations",
        [_MORE_ROWS, _HOW],
    )
    return [
        f"{one['id']} ({one['impact']}): {' '.join(node['target'][0])} {node['html'][:160]}"
        if isinstance(node["target"][0], list)
        else f"{one['id']} ({one['impact']}): {node['target'][0]} {node['html'][:160]}"
        for one in found
        if one["impact"] in _GRAVE
        for node in one["nodes"]
    ]
