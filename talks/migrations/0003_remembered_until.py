"""Tell of each release until when its tombstones stand, so that pages need not read the records."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations


def tell(apps, schema_editor):
    releases = apps.get_model("talks", "Release").objects
    for release in releases.iterator(chunk_size=1):
        zone = ZoneInfo(release.summary["zone"])
        ends = [
            datetime.fromisoformat(stamp["end"]) - timedelta(seconds=1)
            for stamp in release.records["stamps"]
            if stamp["withdrawn"]
        ]
        last = max((end.astimezone(zone).date() for end in ends), default=None)
        until = (last + timedelta(days=1)).isoformat() if last else None
        release.summary["remembered_until"] = until
        release.save(update_fields=["summary"])


class Migration(migrations.Migration):
    dependencies = [("talks", "0002_keys_times_erasures")]
    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
