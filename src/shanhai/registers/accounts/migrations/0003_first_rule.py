"""The rule on signing in that an installation starts with, and from when on the passwords there are count."""

import datetime
import uuid

from django.db import migrations
from django.utils import timezone

#: From when GB/T 22239-2019 is in force. It names no numbers: these are usual for its third level, and the
#: length is what was asked for here before.
SINCE = datetime.date(2019, 12, 1)
SOURCE = "GB/T 22239-2019《网络安全等级保护基本要求》8.1.4.1 身份鉴别；数值为系统默认，以本单位规定为准"
VALUES = {
    "length": 10,
    "classes": 3,
    "remembered": 5,
    "days": 90,
    "failures": 5,
    "address_failures": 50,
    "window_minutes": 15,
    "lock_minutes": 15,
}


def fill(apps, schema_editor):
    # History triggers may stand already: a write without an actor would be refused.
    schema_editor.execute("SELECT set_config('shanhai.actor', 'system:migration', true)")
    alias = schema_editor.connection.alias
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, "shanhai:accounts/rule")
    apps.get_model("accounts", "SignInRule").objects.using(alias).create(
        id=identifier, valid_from=SINCE, source=SOURCE, **VALUES
    )
    apps.get_model("accounts", "User").objects.using(alias).filter(must_change_password=False).update(
        password_changed_at=timezone.now()
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_ways_in"), ("kernel", "0002_first")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
