"""A register that is a tree, as one page: both sides, searchable by name, letters and code."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.trees import TreeNode

from .tables import in_force_badge

Drawn = dict[str, Any]

#: So many typed letters are sought inside a name as well.
_INITIALS, _SYLLABLES = 2, 4


def branches(
    nodes: Iterable[TreeNode], describe: Callable[[Any], tuple[str, str]], *, text: str = "", open_to: int = 1
) -> list[Drawn]:
    """Nodes in order of their path as nested branches for `registers/tree.html`.

    Shape: `describe` gives address and note of a node; with `text` only what fits and what stands above it is
    drawn, all of it open; without, branches above depth `open_to` are open.
    """
    kept = list(nodes)
    if text:
        kept = _fitting(kept, text)
    today = clock.today()
    roots: list[Drawn] = []
    by_path: dict[str, Drawn] = {}
    for node in kept:
        url, note = describe(node)
        depth = node.path.count(".")
        badge = in_force_badge(node, today)
        drawn: Drawn = {
            "label": node.name,  # type: ignore[attr-defined]
            "url": url,
            "note": note,
            "state": None if badge["kind"] == "ok" else badge,
            "found": bool(text) and fits(node, text),
            "open": bool(text) or depth < open_to,
            "children": [],
        }
        above = by_path.get(node.path.rpartition(".")[0])
        (above["children"] if above else roots).append(drawn)
        by_path[node.path] = drawn
    return roots


def fits(node: Any, text: str) -> bool:
    """Whether a node answers to what somebody typed."""
    letters = text.lower()
    return (
        text in node.name
        or text in getattr(node, "short_name", "")
        or node.code.lower().startswith(letters)
        or _spells(node.pinyin, letters, _SYLLABLES)
        or _spells(node.initials, letters, _INITIALS)
    )


def _spells(spelled: str, letters: str, enough: int) -> bool:
    """Letters of the beginning, or enough of them inside: 区人社局 is looked for as `rsj`."""
    return spelled.startswith(letters) or (len(letters) >= enough and letters in spelled)


def _fitting(nodes: Sequence[Any], text: str) -> list[Any]:
    wanted: set[str] = set()
    for node in nodes:
        if fits(node, text):
            parts = node.path.split(".")
            wanted |= {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return [node for node in nodes if node.path in wanted]


def tree_context(
    *, title: str, sub: str, actions: list[Drawn], url: str, text: str, label: str, groups: list[Drawn]
) -> Drawn:
    """The context of `registers/tree.html`. `groups`: [{label, note, branches}]."""
    return {
        "title": title,
        "sub": sub,
        "crumbs": [],
        "actions": actions,
        "list_url": url,
        "search": {"value": text, "label": label},
        "groups": groups,
        "nothing": _("没有找到“%(text)s”。可以写名称的一部分、拼音首字母或代码。") % {"text": text}
        if text
        else _("还没有。"),
    }
