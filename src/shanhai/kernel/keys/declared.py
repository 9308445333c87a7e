"""The kernel's own places beside its sealed fields; registers declare theirs where they seal."""

from shanhai.kernel.amendments.models import Amendment
from shanhai.kernel.answers import PURPOSE, KeptAnswer
from shanhai.kernel.exports.models import QUERY, PlainExport
from shanhai.kernel.jobs import files
from shanhai.kernel.jobs.models import ASKED, Job

from .folders import Folder
from .places import Column, bound_to, declare

#: Contents of evidence: side, two signs of the digest, digest.
EVIDENCE = declare(Folder("evidence", "*/*/[0-9a-f]*", "evidence.{0}.{2}"))
#: What was uploaded to be imported, and what jobs made, for days.
for _folder in (files.UPLOADS, files.RESULTS):
    declare(Folder(_folder, "[0-9a-f]*", f"{_folder}.{{0}}"))
#: Files between two steps of one person's work, bound to that person.
UPLOADS = declare(Folder("uploads", "*.sealed"))

declare(Column(Job, "asked", bound_to(ASKED)))
declare(Column(PlainExport, "query", bound_to(QUERY)))
declare(Column(KeptAnswer, "answer", bound_to(PURPOSE)))
for _name in ("before", "after"):
    # Columns of a row as it is stored: a token below the name of its field.
    declare(Column(Amendment, _name, lambda ledger, field: f"{ledger}.{field}", told="ledger"))
