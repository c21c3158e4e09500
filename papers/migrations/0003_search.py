from django.db import migrations, models

# The words of the ASCII tokenizer are ours: what is not ASCII always belongs to one.
FTS5 = """
CREATE VIRTUAL TABLE papers_search USING fts5(
    title, people, rest, tokenize = "ascii tokenchars '+#'", prefix = '1 2 3'
)
"""
# `people` holds the title as well, `whole` everything; the small ones are quick to rank by.
TSVECTOR = """
CREATE TABLE papers_search (
    paper_id bigint PRIMARY KEY,
    title tsvector NOT NULL,
    people tsvector NOT NULL,
    whole tsvector NOT NULL
);
CREATE INDEX papers_search_whole ON papers_search USING gin (whole);
"""


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute(TSVECTOR if vendor == "postgresql" else FTS5)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE papers_search")


class Migration(migrations.Migration):

    dependencies = [
        ("papers", "0002_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(max_length=32)),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("text", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
            options={"ordering": ["text"]},
        ),
        migrations.RunPython(make, drop),
    ]
