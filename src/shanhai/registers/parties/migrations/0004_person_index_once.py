"""The unique index finds an identity number too: the second index of the same hashes goes."""

import shanhai.kernel.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0003_awaiting"),
        ("places", "0001_first"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="person",
            name="parties_person_side_identity_number_unique",
        ),
        migrations.AlterField(
            model_name="person",
            name="identity_number_index",
            field=shanhai.kernel.fields.BlindIndexField(is_led=True, of="identity_number"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("identity_number_index", "side"),
                name="parties_person_side_identity_number_unique",
                violation_error_message="该方已登记过这个身份证号的人员。",
            ),
        ),
    ]
