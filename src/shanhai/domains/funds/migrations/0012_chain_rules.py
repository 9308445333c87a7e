"""Rules of the chain of money an installation starts with: examples, until somebody dates what holds here."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
SOURCE = "示例参数，未核实：以当年资金管理办法为准"
THRESHOLDS = {
    "transit_days": 10,
    "year_end_days": 60,
    "allot_days": 30,
    "industry_share": 55,
    "management_share": 1,
    "unspent_months": 24,
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    rows = apps.get_model("funds", "Threshold").objects.using(schema_editor.connection.alias)
    for code, value in THRESHOLDS.items():
        name = "/".join(("shanhai:funds", "threshold", code))
        identifier = uuid.uuid5(uuid.NAMESPACE_URL, name)
        rows.get_or_create(id=identifier, code=code, value=value, valid_from=SINCE, source=SOURCE)


class Migration(migrations.Migration):
    dependencies = [("funds", "0011_chain")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
