"""Schemes come as files of strangers: what exhausts or reaches beyond the file is refused in words."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from shanhai.engines.clauses import reading
from shanhai.engines.clauses.reading import UnreadableDocument, read_document


def rewritten(path: Path, change: dict[str, str]) -> Path:
    """A Word file with texts of its main part replaced."""
    given = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("一、样例")
    document.save(given)
    with zipfile.ZipFile(given) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name).decode("utf-8", "surrogateescape")
            if name == "word/document.xml":
                for old, new in change.items():
                    content = content.replace(old, new, 1)
            target.writestr(name, content.encode("utf-8", "surrogateescape"))
    return path


LAUGHS = "<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {later} '{f'&{earlier};' * 50}'>" for earlier, later in ("ab", "bc", "cd", "de", "ef")
)


@pytest.mark.parametrize(
    ("declared", "entity"),
    [('<!ENTITY e SYSTEM "file:///etc/passwd">', "&e;"), (LAUGHS, "&f;")],
    ids=["file", "laughs"],
)
def test_entities_read_no_file_and_grow_no_memory(tmp_path: Path, declared: str, entity: str) -> None:
    path = rewritten(
        tmp_path / "a.docx",
        {"<w:document ": f"<!DOCTYPE w [{declared}]><w:document ", "一、样例": f"一、{entity}"},
    )
    try:
        text = read_document(path).text
    except UnreadableDocument as refused:
        text = str(refused)
    assert "root:" not in text and len(text) < 10_000


def test_what_unpacks_to_more_than_a_document_has_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 100_000)
    path = rewritten(tmp_path / "a.docx", {"一、样例": "一、" + "长" * 200_000})
    with pytest.raises(UnreadableDocument, match="解压后超过"):
        read_document(path)
