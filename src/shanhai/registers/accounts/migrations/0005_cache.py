"""The table of Django's cache (`createcachetable`), which all workers share."""

from django.db import migrations

MAKE = """
CREATE TABLE shanhai_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shanhai_cache_expires ON shanhai_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_second_factor")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE shanhai_cache")]
