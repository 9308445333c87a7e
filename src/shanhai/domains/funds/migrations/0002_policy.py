"""Stage moves, progress bars and thresholds an installation starts with; users date and replace them."""

import datetime
import uuid

from django.db import migrations

SINCE = datetime.date(2020, 1, 1)
MOVES_SOURCE = "衔接资金与东西部协作项目管理通行程序"
MOVES = (
    ("planned", "pooled", "县行业部门论证、县领导小组审定并公示"),
    ("pooled", "approved", "工作组与县双方商定"),
    ("approved", "tendering", "项目单位"),
    ("tendering", "started", "项目单位"),
    ("started", "building", "项目单位"),
    ("building", "completed", "项目单位"),
    ("completed", "accepted", "县行业部门"),
    ("accepted", "audited", "审计或第三方"),
    ("audited", "titled", "县农业农村部门"),
    ("titled", "handed_over", "县、镇、村"),
    ("approved", "suspended", "双方商定"),
    ("tendering", "suspended", "双方商定"),
    ("started", "suspended", "双方商定"),
    ("building", "suspended", "双方商定"),
    ("suspended", "tendering", "双方商定"),
    ("suspended", "building", "双方商定"),
    ("suspended", "terminated", "双方商定并重新公示"),
    ("pooled", "terminated", "双方商定"),
    ("approved", "terminated", "双方商定并重新公示"),
)
BARS_SOURCE = "系统默认值，以当年资金管理要求为准"
BARS = {3: 25, 6: 50, 9: 75, 11: 92, 12: 100}
YEARS = range(2020, 2027)
THRESHOLDS = {
    "payment_ahead": (20, "系统默认值：拨付率高出形象进度的百分点上限"),
    "bar_share": (80, "系统默认值：支出率低于进度线的八成为滞后"),
}


def identifier(*names):
    """The same in every installation, so that two demonstrations are equal."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("shanhai:funds", *map(str, names))))


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for stage, following, decided_by in MOVES:
        apps.get_model("funds", "StageMove").objects.using(alias).create(
            id=identifier("move", stage, following),
            stage=stage,
            next_stage=following,
            decided_by=decided_by,
            valid_from=SINCE,
            source=MOVES_SOURCE,
        )
    for year in YEARS:
        for month, percent in BARS.items():
            apps.get_model("funds", "ProgressBar").objects.using(alias).create(
                id=identifier("bar", year, month), year=year, month=month, percent=percent, source=BARS_SOURCE
            )
    for code, (value, source) in THRESHOLDS.items():
        apps.get_model("funds", "Threshold").objects.using(alias).create(
            id=identifier("threshold", code), code=code, value=value, valid_from=SINCE, source=source
        )


class Migration(migrations.Migration):
    dependencies = [("funds", "0001_first"), ("kernel", "0002_first")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
