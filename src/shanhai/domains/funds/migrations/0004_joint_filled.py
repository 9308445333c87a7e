"""Each document becomes one row of both sides.

Until now each side kept its own row of an agreement. Verified rows stay verified and go on counting. Where both
sides filed the document, the one verified (else filed) first stays: what the other side had verified is its
confirmation, what it wrote otherwise (amount, day, year) makes the row wait for it. The second row is voided,
and what hung on it hangs on the first. Nothing is lost: history has both rows as they were.
"""

from collections import defaultdict

from django.db import migrations
from django.db.models import F

REPORTED = ("submitted", "verified")
VOIDED = "改为双方共有：对方登记的同一份协议已作为双方的一条记录。"


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    agreements = apps.get_model("funds", "AidAgreement").objects.using(alias)
    rows = list(agreements.select_related("owner_unit").order_by("submitted_at", "pk"))
    if not rows:
        return
    _tell(schema_editor, "年度协议改为双方共有")
    units = apps.get_model("parties", "Unit").objects.using(alias)
    for row in rows:
        row.sharing, row.partner_unit = "joint", _opposite(row, rows, units)
        row.verified_by = _verifier(schema_editor, row) if row.verified_at else ""
    doubles = list(_doubles(rows))
    for row in rows:
        row.row_version += 1
        row.save()
    for name in ("TransferReceived", "Project"):
        hanging = apps.get_model("funds", name).objects.using(alias)
        for kept, second in doubles:
            hanging.filter(agreement=second).update(agreement=kept, row_version=F("row_version") + 1)
    _tell(schema_editor, VOIDED)
    for _kept, second in doubles:
        second.state, second.row_version = "voided", second.row_version + 1
        second.save(update_fields=["state", "row_version"])


def _doubles(rows):
    """Reported rows of one document, as the one that stays and the one that is voided."""
    by_number = defaultdict(list)
    for row in rows:
        if row.state in REPORTED:
            by_number[row.number].append(row)
    return (_joined(*pair) for pair in by_number.values() if len(pair) > 1)


def _tell(schema_editor, reason):
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    schema_editor.execute("SELECT set_config('shanhai.reason', %s, true)", [reason])


def _opposite(row, rows, units):
    """Who kept the other row of the document, else the other side's coordinators, else its first unit.

    Where the other side has no unit yet, the row keeps its own as a stand-in, which its form refuses.
    """
    for other in rows:
        if other.number == row.number and other.side != row.side:
            return other.owner_unit
    theirs = units.exclude(side=row.side).order_by("path")
    return theirs.filter(kind="coordinator").first() or theirs.first() or row.owner_unit


def _verifier(schema_editor, row):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT actor FROM kernel_history WHERE table_name = 'funds_aidagreement' AND row_id = %s"
            " AND row ->> 'state' = 'verified' AND before ? 'state' ORDER BY id DESC LIMIT 1",
            [row.pk],
        )
        found = cursor.fetchone()
    return found[0] if found else ""


def _joined(*pair):
    kept, second = sorted(pair, key=lambda row: row.state != "verified")  # stable: the first filed
    names = ("amount", "signed_on", "period")
    is_same = all(getattr(kept, name) == getattr(second, name) for name in names)
    if kept.state == "verified" and not is_same:
        kept.state = "awaiting"
    elif kept.state == second.state == "verified":
        kept.confirmed_at, kept.confirmed_by = second.verified_at, second.verified_by
    return kept, second


class Migration(migrations.Migration):
    dependencies = [("funds", "0003_joint"), ("kernel", "0021_amendments_of_both_sides")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
