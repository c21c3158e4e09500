"""Give the papers there are the keys that new ones get."""

from django.db import migrations

from papers.cite_keys import assign_missing


def give_keys(apps, schema_editor):
    assign_missing(apps.get_model("papers", "Paper").objects.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [("papers", "0003_search")]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
