"""The page as a Space of the Hub: which files it is made of, and the card that tells the Hub.

A Space is a repository that the Hub runs. Its card, the head of README.md, says with what, and
which models it may have in its cache before it starts.
https://huggingface.co/docs/hub/spaces-config-reference
"""

import re
import subprocess
from pathlib import Path

from seq_models import manifest
from seq_models.manifest import Entry, Manifest
from train.hub.failures import NotPublished
from train.hub.repository import Content

PARTS = (
    "LICENSE", "README.md", "app.py", "playground", "requirements.txt", "screenshot.png",
    "seq_models", "train", "weights",
)  # fmt: skip
BESIDES = ("suggested_hardware", "models", "preload_from_hub")  # what a Space's card says more
HARDWARE = "zero-a10g"  # ZeroGPU, the one for free accounts; cpu-basic serves, too


def content(checkout: Path) -> Content:
    """The files of the Space, out of what the checkout's last commit holds.

    Raises NotPublished, in a sentence, if the checkout is not clean or lacks something.
    """
    changed = git(checkout, "status", "--porcelain").splitlines()
    if changed:
        told = f"{changed[0][3:]} and {len(changed) - 1} more" if changed[1:] else changed[0][3:]
        raise NotPublished(f"the checkout is not clean ({told}): commit or remove what changed")
    names = [name for name in git(checkout, "ls-files", "-z", "--", *PARTS).split("\0") if name]
    missing = [part for part in PARTS if not any(within(name, part) for name in names)]
    if missing:
        raise NotPublished(f"the checkout has no {', '.join(missing)}: a Space needs them")
    found = {name: (checkout / name).read_bytes() for name in names}
    readme = found["README.md"].decode("utf-8")
    found["README.md"] = card(readme, manifest.read(checkout / "weights")).encode("utf-8")
    return found


def within(name: str, part: str) -> bool:
    """Whether a file is this part or lies in it."""
    return name == part or name.startswith(f"{part}/")


def git(checkout: Path, *arguments: str) -> str:
    """What a command of git prints. Raises NotPublished where it cannot."""
    try:
        done = subprocess.run(
            ["git", "-C", str(checkout), *arguments], capture_output=True, text=True, check=True
        )
    except FileNotFoundError as error:
        raise NotPublished("a Space is made from a git checkout: install git") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().partition("\n")[0]
        raise NotPublished(f"{checkout} is not a checkout that git can read ({said})") from error
    return done.stdout


def card(readme: str, listed: Manifest) -> str:
    """README.md with what a Space says besides in its head: hardware, and published models.

    What an earlier card said of that, as that of a Space's own clone does, gives way.
    """
    head, _, rest = readme.partition("\n---\n")
    head = re.sub(rf"(?m)^(?:{'|'.join(BESIDES)}):.*(?:\n- .*)*\n?", "", head).rstrip("\n")
    lines = [head, f"suggested_hardware: {HARDWARE}"]
    on_hub = {
        f"{listed.namespace}/{name}": entry
        for name, entry in listed.models.items()
        if listed.namespace and entry.revision
    }
    if on_hub:
        lines += ["models:", *(f"- {name}" for name in on_hub)]
        lines += ["preload_from_hub:", *(f"- {preload(*pair)}" for pair in on_hub.items())]
    return "\n".join([*lines, "---", ""]) + rest


def preload(repository: str, entry: Entry) -> str:
    """What the Hub puts into the Space's cache of one model: its files, at their revision."""
    return f"{repository} {','.join(entry.files)} {entry.revision}"


def listing(files: Content) -> str:
    """A line for each file: its SHA-256, its bytes, its path."""
    lines = (
        f"{manifest.fingerprint(each)} {len(each):>10,} {name}" for name, each in files.items()
    )
    return "\n".join(lines)
