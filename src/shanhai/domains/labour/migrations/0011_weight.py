"""What a reason is worth is its weight; points are what a pair gets."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("labour", "0010_contact_days")]
    operations = [migrations.RenameField("matchweight", "points", "weight")]
