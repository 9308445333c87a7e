"""What pages, files and API say of a run: the scoring that counts, the one before, what differs by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from shanhai.registers.papers import Paper

from ..models import AppraisalRun, AppraisalScoring, AppraisalUnitScore
from ..reconciling.saying import said_of_text
from .computing import Computed, Difference, computed, differences, kept
from .entered import checked
from .papers import checks_paper, scores_paper
from .rulings import rulings_of


@dataclass(frozen=True)
class Scored:
    """A scoring with its units, the best first; `before`: those of the scoring before it, by unit."""

    scoring: AppraisalScoring
    scores: Sequence[AppraisalUnitScore]
    before: dict[UUID, AppraisalUnitScore]


def scorings_of(run: AppraisalRun) -> list[AppraisalScoring]:
    """The last one first."""
    return list(run.scorings.order_by("-number"))


def scored_of(scorings: Sequence[AppraisalScoring], only: UUID | None = None) -> Scored | None:
    """What counts, of all units or of one. None before anything was scored."""
    if not scorings:
        return None
    rows = AppraisalUnitScore.objects.filter(scoring__in=scorings[:2]).select_related("unit")
    if only:
        rows = rows.filter(unit=only)
    found = list(rows.order_by("place_number", "unit__path"))
    last = scorings[0]
    return Scored(
        last,
        [one for one in found if one.scoring_id == last.pk],
        {one.unit_id: one for one in found if one.scoring_id != last.pk},
    )


@dataclass(frozen=True)
class Recomputed:
    """The rows read again. `is_kept`: a person decided that the score stands although they say this."""

    fresh: Computed
    last: AppraisalScoring
    differences: Sequence[Difference]
    is_kept: bool

    @property
    def is_same(self) -> bool:
        return self.fresh.digest == self.last.digest


def recomputed(run: AppraisalRun) -> Recomputed | None:
    """None before anything was scored. For who oversees the side: others read other rows."""
    last = run.scorings.order_by("-number").first()
    if last is None:
        return None
    fresh = computed(run, rulings_of(run))
    found = [] if fresh.digest == last.digest else list(differences(kept(last), fresh))
    is_kept = run.moves.filter(move="keep", digest=fresh.digest).exists()
    return Recomputed(fresh, last, found, is_kept)


def paper_of(run: AppraisalRun, issuer: str, *, is_overseen: bool) -> Paper | None:
    """Scores once there are some, before that what units lack, for who oversees them.

    Either says which figures of the year the two sides have not reconciled by now.
    """
    unreconciled = said_of_text(run.release.text, run.year)
    found = scored_of(scorings_of(run))
    if found is not None:
        told = {"n": found.scoring.number, "digest": found.scoring.digest[:16]}
        note = _("第 %(n)s 次评分，文本摘要 %(digest)s。") % told + unreconciled
        return scores_paper(run, found.scores, note, issuer)
    if not is_overseen:
        return None
    note = _("未报、待核实和缺佐证的考核项不计分。") + unreconciled
    return checks_paper(run, checked(run), note, issuer)
