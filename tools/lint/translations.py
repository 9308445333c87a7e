"""Messages can be collected and translated: the text inside `_()` is one literal, placeholders come after."""

import ast
from collections.abc import Iterator

from tools.lint.source import modules

#: How the code calls for a translation.
FUNCTIONS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "lazy_text"})


def found_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and fault of each message that is no literal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            number = 2 if node.func.id.startswith(("ngettext", "pgettext")) else 1
            for text in node.args[:number]:
                if fault := _fault(text):
                    yield node.lineno, fault


def _fault(text: ast.expr) -> str:
    match text:
        case ast.Constant(value=str()):
            return ""
        case ast.JoinedStr():
            return "an f-string"
        case ast.BinOp(op=ast.Mod()):
            return "filled before it is translated"
        case ast.BinOp():
            return "put together from pieces"
        case ast.Call(func=ast.Attribute(attr="format")):
            return "formatted before it is translated"
        case _:
            return "no literal, so no catalogue has it"


def findings() -> Iterator[str]:
    for path, tree in modules():
        for line, fault in found_in(tree):
            yield f"{path}:{line}: the message is {fault}"
