"""Templates of bulletins move to those of all documents, each as the first version under its name."""

from typing import Any

from django.db import migrations


def move(apps: Any, schema_editor: Any) -> None:
    old = apps.get_model("appraisal", "BulletinTemplate").objects.using(schema_editor.connection.alias)
    new = apps.get_model("documents", "DocumentTemplate")
    new.objects.using(schema_editor.connection.alias).bulk_create(
        new(
            id=one.id,
            side=one.side,
            document_kind="appraisal.bulletin",
            name=one.name,
            file_id=one.file_id,
            uploaded_by=one.uploaded_by,
            uploaded_at=one.uploaded_at,
        )
        for one in old.all()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0011_appeals"),
        ("documents", "0001_templates"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name="bulletintemplate",
            name="appraisal_bulletintemplate_side_name_unique",
        ),
        migrations.DeleteModel(
            name="BulletinTemplate",
        ),
    ]
