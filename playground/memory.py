"""Memory that answers took goes back to the system, where glibc would keep it in pieces.

By itself it takes ever larger blocks from its heaps, one heap for each few threads, and what lies
between two blocks that live on is never given back: by a tenth a server grew in 1,000 requests.
Were each large block the system's own, it would come back at once, and each answer would have to
ask for all its pages anew: a quarter to a half more time for those with many tensors.
"""

import ctypes
import threading
import time
from typing import Any

M_ARENA_MAX = -8  # as in glibc's malloc.h
HEAPS = 2
EVERY = 5.0  # seconds between two looks at what can go back, which take some 5 ms
WORKED = 0.05  # seconds of the processor, below which there is nothing to look for


def give_back(every: float = EVERY) -> bool:
    """Let this process give free memory back now and then; whether its allocator can do so.

    See mallopt(3) and malloc_trim(3), https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    try:
        library = ctypes.CDLL(None)
        told = bool(library.mallopt(M_ARENA_MAX, HEAPS))
        threading.Thread(target=trim, args=(library.malloc_trim, every), daemon=True).start()
    except (AttributeError, OSError, TypeError):  # not glibc
        return False
    return told


def trim(malloc_trim: Any, every: float) -> None:
    """Give whole free pages back, wherever they lie, after work; for ever."""
    worked = time.process_time()
    while True:
        time.sleep(every)
        if time.process_time() - worked >= WORKED:
            malloc_trim(0)
        worked = time.process_time()
