"""What a user's Word template may contain: no program, nothing to fetch, only placeholders that we know.

A template comes from an account that may be hostile or hijacked, and its result is opened by leaders.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

MAX_PARTS = 500
MAX_BYTES = 20 * 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PROGRAMS = ("vbaProject.bin", "vbaData.xml", ".ocx")
# Fields by which Word reads other files or starts other programs when the document is opened.
_FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|DATABASE)\b", re.IGNORECASE)
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Call),
    *(nodes.If, nodes.For, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand),
)


class TemplateFault(ValueError):
    """The template cannot be used; the text names the placeholder or the part, and what to do."""


def check_package(package: bytes) -> None:
    """Refuse what is no plain Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as source:
            _check_entries(source.infolist())
            for name in source.namelist():
                _check_part(name, source)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise TemplateFault("模板不是完好的 Word 文档（.docx），请用 Word 或 WPS 另存后再上传。") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_BYTES:
        raise TemplateFault("模板过大，请去掉其中的图片和多余内容。")
    names = [entry.filename for entry in entries]
    if "word/document.xml" not in names:
        raise TemplateFault("模板不是 Word 文档（.docx），请用 Word 或 WPS 另存后再上传。")
    if any(name.endswith(_PROGRAMS) for name in names):
        raise TemplateFault("模板中含有宏或控件，请去掉后另存为 .docx。")


def _check_part(name: str, source: zipfile.ZipFile) -> None:
    if name.endswith(".rels"):
        for relation in _parsed(source.read(name)):
            kind = relation.get("Type", "").rpartition("/")[2]
            if relation.get("TargetMode") == "External" and kind != "hyperlink":
                raise TemplateFault(
                    f"模板引用了外部文件「{relation.get('Target', '')[:80]}」，请改为嵌入后再上传。"
                )
    elif name.startswith("word/") and name.endswith(".xml"):
        found = _FETCHING.search(_field_code(_parsed(source.read(name))))
        if found:
            raise TemplateFault(f"模板中含有会读取外部内容的域「{found[0]}」，请删去后再上传。")


def _parsed(content: bytes) -> Any:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.getroottree().docinfo.doctype:
        raise TemplateFault("模板中含有文档类型声明，不是 Word 存出的文件。")
    return root


def _field_code(root: Any) -> str:
    """All field instructions of a part; Word may cut one into several runs, so they are joined."""
    pieces = [element.text or "" for element in root.iter(f"{_W}instrText")]
    return (
        "".join(pieces)
        + " "
        + " ".join(element.get(f"{_W}instr", "") for element in root.iter(f"{_W}fldSimple"))
    )


class Placeholders(ImmutableSandboxedEnvironment):
    """The language of templates: names and functions we give, conditions on them, one loop over a list.

    Shape: `functions` maps each function to the names it accepts as its only argument, None for any name.
    No attribute, index, filter, arithmetic or nested loop exists, so a template can neither reach Python nor
    run for long.
    """

    def __init__(self, functions: Mapping[str, Collection[str] | None], names: frozenset[str]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._functions = functions
        self._names = names

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        tree = self.parse(source) if isinstance(source, str) else source
        faults = list(dict.fromkeys(self._faults(tree, self._names)))
        if faults:
            raise TemplateFault("；".join(faults) + "。")
        return super().compile(tree, *args, **kwargs)

    def _faults(self, node: nodes.Node, known: frozenset[str]) -> Iterator[str]:
        if not isinstance(node, _ALLOWED):
            yield f"模板中的占位「{_spelled(node)}」用了不允许的写法"
        elif isinstance(node, nodes.Call):
            yield from self._call_faults(node)
        elif isinstance(node, nodes.Name):
            if node.name not in known:
                yield f"模板中的占位「{node.name}」没有对应的内容，可用的有：{_listed(self._names)}"
        elif isinstance(node, nodes.For):
            yield from self._loop_faults(node, known)
        else:
            for child in node.iter_child_nodes():
                yield from self._faults(child, known)

    def _call_faults(self, call: nodes.Call) -> Iterator[str]:
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        argument = call.args[0] if len(call.args) == 1 and not call.kwargs else None
        if (
            name not in self._functions
            or not isinstance(argument, nodes.Const)
            or call.dyn_args
            or call.dyn_kwargs
        ):
            yield f"模板中的占位「{_spelled(call)}」用了不允许的写法，可用的有：{_listed(self._functions)}"
            return
        accepted = self._functions[name]
        if accepted is not None and argument.value not in accepted:
            yield f"模板中的占位「{_spelled(call)}」没有对应的数据，可用的有：{_listed(accepted)}"

    def _loop_faults(self, loop: nodes.For, known: frozenset[str]) -> Iterator[str]:
        is_plain = isinstance(loop.iter, nodes.Name) and not (loop.recursive or loop.test)
        if not is_plain or not isinstance(loop.target, nodes.Name) or any(loop.find_all(nodes.For)):
            yield "模板中的循环只能是对一个列表的单层循环"
            return
        yield from self._faults(loop.iter, known)
        for child in (*loop.body, *loop.else_):
            yield from self._faults(child, known | {loop.target.name})


def _spelled(node: nodes.Node | None) -> str:
    """The placeholder roughly as the user wrote it."""
    match node:
        case nodes.Name() | nodes.Const():
            words = node.name if isinstance(node, nodes.Name) else repr(node.value)
        case nodes.Call():
            words = f"{_spelled(node.node)}({', '.join(map(_spelled, node.args))})"
        case nodes.Getattr():
            words = f"{_spelled(node.node)}.{node.attr}"
        case nodes.Getitem():
            words = f"{_spelled(node.node)}[{_spelled(node.arg)}]"
        case nodes.Filter():
            words = f"{_spelled(node.node)}|{node.name}"
        case _:
            words = type(node).__name__
    return words


def _listed(names: Collection[str]) -> str:
    """The first names in order, so that the message stays readable."""
    ordered = sorted(names)
    return "、".join(ordered[:12]) + ("等" if len(ordered) > 12 else "")  # noqa: PLR2004 -- a readable line
