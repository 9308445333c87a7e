"""The scheme's grammar: from an official document to its clauses, and from these to who owes what. 方案文法

`read_document` gives the text of a file, `parse` the scheme in it, `to_json` the object the command prints,
`diff_schemes` what changed between two texts. No Django, no database; linear in the length of the text.
"""

from shanhai.engines.clauses.assemble import parse
from shanhai.engines.clauses.diff import SchemeDiff, SectionChange, diff_schemes
from shanhai.engines.clauses.model import (
    Duty,
    Flag,
    FlagKind,
    KnownUnit,
    Role,
    Scheme,
    Section,
    SourceDocument,
    UnreadableDocument,
    to_json,
)
from shanhai.engines.clauses.reading import read_document

__all__ = [
    "Duty",
    "Flag",
    "FlagKind",
    "KnownUnit",
    "Role",
    "Scheme",
    "SchemeDiff",
    "Section",
    "SectionChange",
    "SourceDocument",
    "UnreadableDocument",
    "diff_schemes",
    "parse",
    "read_document",
    "to_json",
]
