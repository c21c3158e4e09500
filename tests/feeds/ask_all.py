"""Run by the Python of the readers, which is not ours: check many files in one process.

Standard input: [path of ics_check.py, [[name, is it a download, path], ...]] as JSON; standard
output: the findings by name, and the readers that answered.
"""

import importlib.util
import json
import sys


def forget_zones(icalendar_of_vobject):
    """vobject keeps the first VTIMEZONE of a name that a process reads; the next may differ."""
    known = vars(icalendar_of_vobject)["__tzidMap"]
    for name in set(known) - {"UTC"}:
        del known[name]


def main():
    tool, listed = json.load(sys.stdin)
    spec = importlib.util.spec_from_file_location("ics_check", tool)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    findings, readers = {}, set()
    for name, is_single, path in listed:
        module.SINGLE = is_single
        if "vobject.icalendar" in sys.modules:
            forget_zones(sys.modules["vobject.icalendar"])
        with open(path, "rb") as file:
            found, rows, _count = module.check(file.read())
        findings[name] = list(found)
        readers |= {row[0] for row in rows if row[1] != "absent"}
    json.dump({"findings": findings, "readers": sorted(readers)}, sys.stdout)


if __name__ == "__main__":
    main()
