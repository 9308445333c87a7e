from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0016_import_parts_filled")]

    operations = [
        migrations.RemoveField(
            model_name="import",
            name="is_mapping_remembered",
        ),
        migrations.RemoveField(
            model_name="import",
            name="mapping",
        ),
        migrations.RemoveField(
            model_name="import",
            name="plan",
        ),
        migrations.RemoveField(
            model_name="import",
            name="unit",
        ),
    ]
