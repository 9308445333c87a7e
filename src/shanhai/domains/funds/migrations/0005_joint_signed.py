"""Every agreement names who confirms it, and is there once for both sides."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funds", "0004_joint_filled")]

    operations = [
        migrations.AlterField(
            model_name="aidagreement",
            name="partner_unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.unit",
                verbose_name="对方单位",
            ),
        ),
        migrations.AddConstraint(
            model_name="aidagreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("submitted", "awaiting", "verified"))),
                fields=("number",),
                name="funds_aidagreement_number_joint",
                violation_error_message="这份协议已由对方登记，请确认对方的那一条，不要重复登记。",
            ),
        ),
    ]
