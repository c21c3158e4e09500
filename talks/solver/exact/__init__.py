"""The exact model: every rule as CP-SAT sees it, for timetables of up to a few hundred things."""
