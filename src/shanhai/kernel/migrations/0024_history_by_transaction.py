from django.db import migrations


class Migration(migrations.Migration):
    """What was written since a snapshot is found without reading all of history."""

    dependencies = [("kernel", "0023_custom_fields_of_several_choices")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX kernel_history_transaction ON kernel_history (transaction_id, at)",
            "DROP INDEX kernel_history_transaction",
        )
    ]
