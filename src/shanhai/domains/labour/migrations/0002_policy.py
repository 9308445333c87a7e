"""The grouping of destinations and the thresholds an installation starts with; users date and replace them."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
GROUPS = {
    "county": "nearby",
    "province": "nearby",
    "paired_city": "east",
    "paired_province": "east",
    "elsewhere": "other",
}
GROUPS_SOURCE = "东西部协作就业统计通行口径：东部结对省、西部省内就近、其他地区"
THRESHOLDS = {
    "stable_months": (3, "系统默认值：在岗满 3 个月计稳定就业，以当年考核口径为准"),
    "high_wage": (30000, "系统默认值：超过时提示核对，不影响统计"),
}


def identifier(*names):
    """The same in every installation, so that two demonstrations are equal."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("shanhai:labour", *names)))


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for destination, group in GROUPS.items():
        apps.get_model("labour", "DestinationGroup").objects.using(alias).create(
            id=identifier("group", destination),
            destination=destination,
            group=group,
            valid_from=SINCE,
            source=GROUPS_SOURCE,
        )
    for code, (value, source) in THRESHOLDS.items():
        apps.get_model("labour", "Threshold").objects.using(alias).create(
            id=identifier("threshold", code), code=code, value=value, valid_from=SINCE, source=source
        )


class Migration(migrations.Migration):
    dependencies = [("labour", "0001_first"), ("kernel", "0002_first")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
