"""What a draft changes against the version in force, and saving it from there."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shanhai.engines import clauses
from shanhai.kernel.surfaces.respond import respond

from .access import get_version, require_manager
from .asking import Drawn, action, actor_of, crumbs, version_url
from .models import Duty, SchemeVersion
from .reading import as_values
from .scheme_pages import save_action

SENTENCE = re.compile(r"[^。；！？]*[。；！？]?")
_ROLES = {role.value: role.label for role in Duty.Role}


@require_GET
def difference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Clause by clause, before it is saved."""
    actor = actor_of(request)
    draft = get_version(actor, pk)
    require_manager(actor, draft.scheme)
    base = (
        draft.scheme.versions.filter(state=SchemeVersion.State.IN_FORCE)
        .exclude(pk=draft.pk)
        .select_related("document", "scheme")
        .first()
    )
    shown: Drawn = {
        "title": _("与现行版本的差别"),
        "sub": f"{draft.scheme.title} · {base or '—'} → {draft}",
        "crumbs": crumbs((draft.scheme.title, version_url(draft))),
        "actions": [],
        "groups": differences(base, draft) if base else [],
        "empty": {"title": _("没有差别"), "text": _("两版的条款和责任单位完全一样。")},
    }
    if draft.is_draft:
        shown["actions"] = [action(_("回去修改"), version_url(draft), icon="edit"), save_action(draft)]
    return respond(request, "scheme/difference.html", "", shown)


def differences(base: SchemeVersion, draft: SchemeVersion) -> list[Drawn]:
    """Groups of changed clauses, empty ones left out."""
    found = clauses.diff_schemes(as_values(base), as_values(draft))
    groups = [
        {"label": _("新增"), "kind": "ok", "lines": [_alone(one, "new") for one in found.added]},
        {"label": _("删去"), "kind": "late", "lines": [_alone(one, "old") for one in found.removed]},
        {"label": _("改动"), "kind": "wait", "lines": [_changed(one) for one in found.changed]},
    ]
    return [group for group in groups if group["lines"]]


def _alone(section: clauses.Section, side: str) -> Drawn:
    duties = "、".join(f"{duty.name}（{_ROLES[duty.role.value]}）" for duty in section.duties)
    return {
        "name": _name(section),
        "notes": [_("责任单位：%(units)s") % {"units": duties}] if duties else [],
        side: [{"text": section.text, "kind": "ins" if side == "new" else "del"}],
    }


def _changed(change: clauses.SectionChange) -> Drawn:
    notes = []
    if change.moved:
        notes.append(_("由 %(old)s 移到 %(new)s") % {"old": change.old.path, "new": change.new.path})
    if change.renamed:
        notes.append(
            _("标题由“%(old)s”改为“%(new)s”") % {"old": change.old.heading, "new": change.new.heading}
        )
    notes += [
        _("增加%(role)s：%(unit)s") % {"role": _role(duty), "unit": duty.name} for duty in change.duties_added
    ]
    notes += [
        _("减少%(role)s：%(unit)s") % {"role": _role(duty), "unit": duty.name}
        for duty in change.duties_removed
    ]
    notes += [
        _("%(unit)s由%(old)s改为%(new)s")
        % {"unit": duty.name, "old": _ROLES[before.value], "new": _role(duty)}
        for duty, before in change.roles_changed
    ]
    drawn: Drawn = {"name": _name(change.new), "notes": notes}
    if change.rewritten:
        old, new = _sentences(change.old.text), _sentences(change.new.text)
        drawn |= {"old": list(_compared(old, new, "del")), "new": list(_compared(new, old, "ins"))}
    return drawn


def _role(duty: clauses.Duty) -> str:
    return str(_ROLES[duty.role.value])


def _name(section: clauses.Section) -> str:
    return f"{section.path or ''} {section.heading or section.text[:30]}".strip()


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in SENTENCE.findall(text) if sentence]


def _compared(mine: Sequence[str], other: Sequence[str], kind: str) -> Iterator[Drawn]:
    """My sentences, marked where the other has none like them."""
    for tag, start, end, _from, _to in SequenceMatcher(None, mine, other, autojunk=False).get_opcodes():
        if end > start:
            yield {"text": "".join(mine[start:end]), "kind": "" if tag == "equal" else kind}
