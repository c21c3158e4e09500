"""The admin of the catalogue: its tables, and the pages on which a person decides."""

from . import catalogue

__all__ = ["catalogue"]
