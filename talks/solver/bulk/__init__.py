"""Placing sessions by the thousand: first the times, with rooms only counted, then the rooms."""

from .place import solve

__all__ = ["solve"]
