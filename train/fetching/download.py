"""A file of the network, whole or not at all: a download that broke goes on where it stopped.

What has come stands in NAME.part, and beside it what the server called that version (its ETag or
date). The rest is asked for with Range and If-Range: a file that has changed since comes anew.
RFC 9110, sections 13.1.5 and 14.2, https://www.rfc-editor.org/rfc/rfc9110
"""

import os
import shutil
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

TRIES = 4  # times, one after another, before a download is given up
PATIENCE = 60  # seconds without a byte
CHUNK = 1 << 20  # bytes
AGENT = "sequence-model-playground"  # some servers refuse a program that gives no name
UNSATISFIABLE = 416


def download(address: str, path: Path) -> Path:
    """The file at an address, downloaded unless it is there already.

    Raises ConnectionError, in a sentence, if it cannot be had; what has come is kept.
    """
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part, version = path.with_name(f"{path.name}.part"), path.with_name(f"{path.name}.version")
    for left in reversed(range(TRIES)):
        try:
            more(address, part, version)
            break
        except (OSError, HTTPException) as error:
            if isinstance(error, HTTPError) and error.code == UNSATISFIABLE:
                part.unlink()
            if left == 0 or refused(error):
                raise ConnectionError(
                    f"{address} cannot be had ({error or type(error).__name__}): run the same "
                    "command again, it goes on where it stopped"
                ) from error
    os.replace(part, path)
    version.unlink(missing_ok=True)
    return path


def refused(error: Exception) -> bool:
    """Whether asking again would bring the same answer."""
    return isinstance(error, HTTPError) and error.code < 500 and error.code != UNSATISFIABLE


def more(address: str, part: Path, version: Path) -> None:
    """Bring a part to its end. Raises OSError or HTTPException if the connection breaks before."""
    have = part.stat().st_size if part.exists() and version.exists() else 0
    headers = {"User-Agent": AGENT}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": version.read_text(encoding="utf-8")}
    with urlopen(Request(address, headers=headers), timeout=PATIENCE) as answer:
        goes_on = answer.status == 206
        with open(part, "ab" if goes_on else "wb") as file:  # emptied before its version is told
            version.unlink(missing_ok=True)
            if called(answer):
                version.write_text(called(answer), encoding="utf-8")
            shutil.copyfileobj(answer, file, CHUNK)
        size = answer.headers.get("Content-Length")
    came = part.stat().st_size - have * goes_on
    if size is not None and came != int(size):
        raise ConnectionError(f"{came:,} of {int(size):,} bytes came")


def called(answer: HTTPResponse) -> str:
    """What names the version of a file, "" if the server says nothing that does."""
    tag = answer.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else answer.headers.get("Last-Modified", "")
