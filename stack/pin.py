"""Makes `elasticsearch.manifest`: which files of the artifact are needed, and their digests.

Run `python -m stack.pin` after changing COORDINATES, then read the difference before committing it:
what it writes is what `warraq up` will trust.
"""

from __future__ import annotations

import hashlib
import os
import re
from threading import Event

import requests

from stack.elasticsearch_bundle import COORDINATES, FOLDER_IN_ARCHIVE, MANIFEST, archive_address
from stack.remote_archive import SpanReader, read_directory, spans

# Machine learning inference, GeoIP databases and telemetry (36 MB), tools we do not call, and
# everything for Windows. The bundle's native server-launcher is for another processor.
NOT_NEEDED = re.compile(
    r"""
      modules/x-pack-(inference|geoip[^/]*|otel[^/]*)/
    | bin/
    | lib/tools/(geoip-cli/|windows-service-cli/|server-launcher/server-launcher$)
    | lib/tools/plugin-cli/elasticsearch-plugin-cli-bc  # checks signatures of plugins to install
    | lib/platform/windows
    | config/elasticsearch-plugins\.example\.yml$
    """,
    re.VERBOSE,
)


def main() -> None:
    """Read every needed member once and write the manifest."""
    url = archive_address(os.environ.get("WARRAQ_MAVEN_REPOSITORY"))
    wanted = [
        member
        for path, member in read_directory(url).items()
        if path.startswith(FOLDER_IN_ARCHIVE)
        and not NOT_NEEDED.match(path.removeprefix(FOLDER_IN_ARCHIVE))
    ]
    lines = []
    for span in spans(wanted):
        with requests.Session() as session:
            reader = SpanReader(session, url, span, Event())
            for member in span.members:
                digest = hashlib.sha256()
                for chunk in reader.unpacked(member):
                    digest.update(chunk)
                path = member.path.removeprefix(FOLDER_IN_ARCHIVE)
                lines.append(f"{digest.hexdigest()} {member.size} {path}")
    lines.sort(key=lambda line: line.split(" ", 2)[2])
    head = f"# {':'.join(COORDINATES)}:zip, {FOLDER_IN_ARCHIVE}: sha256, bytes, path\n"
    MANIFEST.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
