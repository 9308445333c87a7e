"""Each import so far had one ledger: it becomes its only part."""

from django.db import migrations

FILL = """
INSERT INTO kernel_importpart (id, upload_id, position, ledger, unit_id, mapping, is_mapping_remembered, plan, result)
SELECT uuidv7(), id, 0, ledger, unit_id, mapping, is_mapping_remembered, plan, result FROM kernel_import
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0015_import_parts")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
