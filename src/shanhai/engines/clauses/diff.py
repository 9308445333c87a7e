"""What a newer text of a scheme changes.

Clauses are matched by their place and heading together, then by heading alone (moved), then by likeness
within the same place (renamed); what is left was added or removed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from shanhai.engines.clauses.model import Duty, Role, Scheme, Section
from shanhai.engines.clauses.units import fold

ALIKE = 0.5
COMPARED = 400  # characters: enough to tell whether two clauses are one, and likeness is quadratic in them

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A clause that is in both texts and is not the same. 条款变化"""

    old: Section
    new: Section
    moved: bool
    renamed: bool
    rewritten: bool
    duties_added: tuple[Duty, ...]
    duties_removed: tuple[Duty, ...]
    roles_changed: tuple[tuple[Duty, Role], ...]


@dataclass(frozen=True, slots=True)
class SchemeDiff:
    """The difference between two texts, clause by clause. 新旧对照

    Shape: `pairs` holds every matched clause, changed or not, as (old, new); a role change is (duty as it is
    now, role it had).
    """

    added: tuple[Section, ...]
    removed: tuple[Section, ...]
    changed: tuple[SectionChange, ...]
    pairs: tuple[tuple[Section, Section], ...]

    @property
    def is_empty(self) -> bool:
        """Whether the two texts say the same."""
        return not (self.added or self.removed or self.changed)


def diff_schemes(old: Scheme, new: Scheme) -> SchemeDiff:
    """What is different in `new`, clauses in the order of the new text (removed ones in the old order)."""
    before, after = list(old.walk()), list(new.walk())
    matched: dict[int, int] = {}
    for key in (_place_and_heading, _heading, _place_if_alike):
        _match(before, after, matched, key)
    pairs = [(before[matched[index]], section) for index, section in enumerate(after) if index in matched]
    taken = set(matched.values())
    changes = [_change(*pair) for pair in pairs]
    return SchemeDiff(
        added=tuple(section for index, section in enumerate(after) if index not in matched),
        removed=tuple(section for index, section in enumerate(before) if index not in taken),
        changed=tuple(change for change in changes if change is not None),
        pairs=tuple(pairs),
    )


def _place_and_heading(section: Section) -> Key | None:
    return (section.path or "", section.heading or "")


def _heading(section: Section) -> Key | None:
    return None if section.heading is None else (section.heading,)


def _place_if_alike(section: Section) -> Key | None:
    return (section.path or "",)


def _match(
    before: list[Section], after: list[Section], matched: dict[int, int], key: Callable[[Section], Key | None]
) -> None:
    """Pair what is unpaired and has the same key, in order; by place alone only where the texts are alike."""
    taken = set(matched.values())
    waiting: dict[Key, list[int]] = defaultdict(list)
    for index, section in enumerate(before):
        found = key(section)
        if index not in taken and found is not None:
            waiting[found].append(index)
    for index, section in enumerate(after):
        found = key(section)
        candidates = waiting.get(found, []) if index not in matched and found is not None else []
        if candidates and (key is not _place_if_alike or _alike(before[candidates[0]], section)):
            matched[index] = candidates.pop(0)


def _alike(old: Section, new: Section) -> bool:
    return SequenceMatcher(None, old.text[:COMPARED], new.text[:COMPARED], autojunk=False).ratio() >= ALIKE


def _change(old: Section, new: Section) -> SectionChange | None:
    before, after = _by_name(old.duties), _by_name(new.duties)
    change = SectionChange(
        old=old,
        new=new,
        moved=old.path != new.path,
        renamed=old.heading != new.heading,
        rewritten=_words(old) != _words(new),
        duties_added=tuple(duty for name, duty in after.items() if name not in before),
        duties_removed=tuple(duty for name, duty in before.items() if name not in after),
        roles_changed=tuple(
            (duty, before[name].role)
            for name, duty in after.items()
            if name in before and before[name].role != duty.role
        ),
    )
    same = not (change.moved or change.renamed or change.rewritten)
    return (
        None
        if same and not (change.duties_added or change.duties_removed or change.roles_changed)
        else change
    )


def _by_name(duties: Iterable[Duty]) -> dict[str, Duty]:
    return {fold(duty.name): duty for duty in duties}


def _words(section: Section) -> str:
    """The text without what only the page put into it."""
    return fold(section.text)
