"""A file that somebody brought: read, and removed.

Gradio keeps a file under a hash of what is in it, so two people who bring the same one at the same
moment share it. The latest ones stay known for the second, whose file the first has removed.
"""

import functools
from pathlib import Path

from gradio.utils import get_upload_folder

KNOWN = 8  # files, of 1 MB at most


@functools.lru_cache(KNOWN)
def content(path: str) -> bytes:
    """What is in a file."""
    return Path(path).read_bytes()


def brought(path: str) -> bytes:
    """What is in an uploaded file, which is removed.

    Gradio lets a caller name one of the page's own files instead: that one is not touched.
    Raises ValueError, in a sentence, if it is gone, or was never uploaded.
    """
    if not Path(path).resolve().is_relative_to(Path(get_upload_folder()).resolve()):
        raise ValueError("This is no file that was brought here; please drop it again.")
    try:
        return content(path)
    except FileNotFoundError as error:
        raise ValueError("This file is gone already; please drop it again.") from error
    finally:
        Path(path).unlink(missing_ok=True)
