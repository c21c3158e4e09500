"""What searching keeps beside the index: the words it knows, and a stamp that every change renews.

The index itself is `papers_search`, a table of the database's own kind (migration 0003).
"""

from django.db import models

LONGEST_WORD = 40  # characters


class Word(models.Model):
    """A word of the index, by which typing mistakes are mended; perhaps of a hidden paper."""

    text = models.CharField(primary_key=True, max_length=LONGEST_WORD)

    class Meta:
        ordering = ["text"]

    def __str__(self):
        return self.text


class Stamp(models.Model):
    """One row: another value after every change of the catalogue, so that counts may be kept."""

    value = models.CharField(max_length=32)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.value
