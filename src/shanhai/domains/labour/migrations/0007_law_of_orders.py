"""What the law says of job orders when an installation starts: posts that may name a sex."""

import datetime
import uuid

from django.db import migrations

LIMITS_SINCE = datetime.date(2012, 4, 28)
LIMITS_SOURCE = "女职工劳动保护特别规定（国务院令第619号）附录一：女职工禁忌从事的劳动范围"


def identifier(*names):
    """The same in every installation, so that two demonstrations are equal."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("shanhai:labour", *names)))


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    for work in ("mine", "heavy", "load"):
        apps.get_model("labour", "SexLimit").objects.using(alias).create(
            id=identifier("sexlimit", work),
            work=work,
            allowed_sex="male",
            valid_from=LIMITS_SINCE,
            source=LIMITS_SOURCE,
        )


class Migration(migrations.Migration):
    dependencies = [("labour", "0006_orders_and_wishes")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
