"""Jobs keep the address of a list sealed from now on: somebody may have searched for a person's number.

Of jobs before, the address goes. Those that still need it, waiting or shown and not yet confirmed, are
cancelled and asked for again: a migration has no key to seal with.
"""

from django.db import migrations, models

_FORGET = """
UPDATE kernel_job SET
    state = CASE WHEN state IN ('queued', 'running') OR kind = 'bulk_plan' AND state = 'done'
        THEN 'cancelled' ELSE state END,
    message = CASE WHEN state IN ('queued', 'running') OR kind = 'bulk_plan' AND state = 'done'
        THEN '系统升级时取消，请重新发起。' ELSE message END,
    ended_at = coalesce(ended_at, now()),
    arguments = arguments - 'query',
    result = CASE WHEN result ->> 'url' LIKE '%?%'
        THEN result || jsonb_build_object('url', split_part(result ->> 'url', '?', 1)) ELSE result END
WHERE arguments ? 'query'
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0028_plain_exports")]

    operations = [
        migrations.RunSQL(_FORGET, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="job",
            name="asked",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="封存的参数"),
        ),
        migrations.AddField(
            model_name="job",
            name="asked_index",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
    ]
