"""Who may do what: verbs, and roles that grant them per ledger. Which rows a verb reaches: see `scope`."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Self


class Verb(StrEnum):
    """What can be done with rows. A role grants verbs; the same words are used by page, API and history."""

    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    SUBMIT = "submit"
    VERIFY = "verify"
    VOID = "void"
    IMPORT = "import"
    EXPORT = "export"
    UNMASK = "unmask"
    #: Targets, obligations, aliases, indicator definitions.
    MANAGE = "manage"
    #: Draft, issue and withdraw bulletins.
    ISSUE = "issue"
    #: Areas such as accounts, rights, jobs, each named by its key; never business rows.
    ADMINISTER = "administer"


#: What administrators look after in the kernel: jobs and papers as files; who read what, and the seal.
INSTALLATION, READINGS = "kernel.job", "kernel.reading"


class Party(StrEnum):
    """Who of the two sides does something with a row."""

    #: People of the unit that keeps it.
    OWN = "own"
    #: Of a joint row: people of the unit of the other side that it names.
    COUNTERPART = "counterpart"

    @property
    def other(self) -> "Party":
        return Party.OWN if self is Party.COUNTERPART else Party.COUNTERPART


READING = frozenset({Verb.VIEW, Verb.EXPORT})
REPORTING = READING | {Verb.CREATE, Verb.EDIT, Verb.SUBMIT, Verb.VOID, Verb.IMPORT}


class Reach(StrEnum):
    """How far a membership reaches among the rows of its own side."""

    #: Rows of exactly the unit.
    UNIT = "unit"
    #: Rows of the unit and those below it, or placed in the membership's place and below it.
    TREE = "tree"
    #: Every row of the side.
    SIDE = "side"
    #: Rows that lead to the one person or body the account is bound to (`leads`), and no others.
    BOUND = "bound"
    #: No business row at all (administrators).
    NONE = "none"


@dataclass(frozen=True)
class Role:
    """A named set of verbs with a reach.

    Roles are data of `registers.accounts`; the kernel only reads them.
    """

    code: str
    label: Any
    reach: Reach
    #: Verbs on every ledger, unless `by_ledger` names the ledger.
    verbs: frozenset[Verb] = READING
    #: Ledger key (`labour.employmentspell`) or app label (`labour`) → verbs there.
    by_ledger: Mapping[str, frozenset[Verb]] = field(default_factory=dict)
    #: Whether submitted, non-private rows of the other units and side may be read.
    reads_shared: bool = True

    def verbs_on(self, ledger: str) -> frozenset[Verb]:
        """Verbs granted on one ledger, most specific entry first."""
        app = ledger.partition(".")[0]
        return self.by_ledger.get(ledger, self.by_ledger.get(app, self.verbs))

    def allows(self, verb: Verb, ledger: str) -> bool:
        return verb in self.verbs_on(ledger)

    def narrowed(self, ledgers: frozenset[str], verbs: frozenset[Verb]) -> Self:
        """What is left of the role on these ledgers with these verbs; elsewhere nothing is."""
        left = {key: granted for key in ledgers if (granted := self.verbs_on(key) & verbs)}
        return replace(self, verbs=frozenset(), by_ledger=left)

    @cached_property
    def rights(self) -> Hashable:
        """All of the role that decides on what its holders may do."""
        return self.reach, self.reads_shared, self.verbs, frozenset(self.by_ledger.items())
