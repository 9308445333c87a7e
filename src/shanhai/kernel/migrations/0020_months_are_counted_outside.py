from django.db import migrations

_DROP = """
DROP FUNCTION IF EXISTS kernel_period_last(text), kernel_period_first(text), kernel_active(integer, integer),
    kernel_window_end(integer, integer), kernel_month(date);
"""


class Migration(migrations.Migration):
    """Indicators count months in arrays; what counted them in the database is not asked any more."""

    dependencies = [("kernel", "0019_custom_fields")]

    operations = [migrations.RunSQL(_DROP, migrations.RunSQL.noop)]
