"""Extensions and the partitioned history table: what must stand before any recorded table exists."""

from django.contrib.postgres.operations import BtreeGistExtension, CreateExtension, TrigramExtension
from django.db import migrations

HISTORY = """
CREATE TABLE kernel_history (
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL,
    transaction_id bigint NOT NULL,
    table_name varchar(63) NOT NULL,
    row_id uuid NOT NULL,
    operation varchar(6) NOT NULL,
    row jsonb,
    before jsonb,
    actor varchar(120) NOT NULL,
    reason varchar(500) NOT NULL,
    request_id varchar(64) NOT NULL,
    import_id uuid,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE INDEX kernel_history_row ON kernel_history (table_name, row_id, at DESC);
CREATE INDEX kernel_history_import ON kernel_history (import_id) WHERE import_id IS NOT NULL;
-- Catches a month nobody prepared, so that a write never fails for want of a partition.
CREATE TABLE kernel_history_default PARTITION OF kernel_history DEFAULT;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        CreateExtension("ltree"),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(HISTORY, "DROP TABLE kernel_history"),
    ]
