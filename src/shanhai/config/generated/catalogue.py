"""locale/en/LC_MESSAGES/django.po: every message of the code with its English, in the order of msgids."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
PATH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
#: Babel's own words, and the names under which modules import the lazy ones.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
TEMPLATES = {".html", ".txt", ".svg"}
# Without dates and tool versions, so that the file changes only with its messages.
HEADER = r"""# English of Shanhai; msgids are Chinese. `make sync` keeps the list, people write the English.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def text(path: Path = PATH) -> str:
    """The catalogue as it should be: messages of the code, each with its English from `path` or none yet."""
    messages, known = extracted(), load(path)
    for message in messages:
        written = known.get(message.id, message.context)
        if message.id and written is not None and written.pluralizable == message.pluralizable:
            message.string = written.string
    out = io.BytesIO()
    write_po(out, messages, width=0, no_location=True, omit_header=True, sort_output=True)
    return HEADER + out.getvalue().decode().strip() + "\n"


def load(path: Path = PATH) -> Catalog:
    """The catalogue as it stands; empty when there is none.

    **Errors**: `babel.messages.pofile.PoFileError` when the file is not a catalogue.
    """
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def extracted() -> Catalog:
    """Every message in the Python code and the templates of the package, without English."""
    catalog = Catalog(locale="en")
    for path in sorted(PACKAGE.rglob("*")):
        for source in _sources(path):
            for _line, message, _comments, context in extract("python", source, KEYWORDS):
                catalog.add(message, context=context)
    return catalog


def _sources(path: Path) -> Iterator[io.BytesIO]:
    """What of `path` Babel can read as Python; a template becomes the calls its tags stand for."""
    if path.suffix == ".py":
        yield io.BytesIO(path.read_bytes())
    elif path.suffix in TEMPLATES and "templates" in path.parts:
        calls = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # Indentation means nothing in a template, and would in Python.
        yield io.BytesIO("\n".join(line.strip() for line in calls.splitlines()).encode())
