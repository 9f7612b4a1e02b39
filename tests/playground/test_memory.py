"""What is free goes back to the system; `tests/test_memory.py` holds what that does to a server."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from playground import memory

PROGRAM = """
import mmap, os, sys, time
from playground import memory

def held():
    return int(open("/proc/self/statm").read().split()[1]) * mmap.PAGESIZE

if "give" in sys.argv:
    memory.give_back(every=0.05)
blocks = [bytearray(2**22) for _ in range(8)]  # frees teach glibc to take such blocks from its heap
del blocks
kept, full = [], held()
for _ in range(64):
    block = bytearray(2**20)
    kept.append(bytearray(2**10))
    del block
blocks = [bytearray(2**20) for _ in range(64)]
kept += [bytearray(2**10) for _ in range(64)]
del blocks[::2]
until = time.monotonic() + (20 if "give" in sys.argv else 0.2)
while time.monotonic() < until and held() - full >= 34 * 2**20:
    sum(range(100_000))
print(held() - full)
"""


@pytest.mark.processes
@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_free_blocks_go_back_though_smaller_ones_live_on() -> None:
    left = {
        way: int(
            subprocess.run(
                [sys.executable, "-c", PROGRAM, way],
                cwd=Path(memory.__file__).parents[1],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        for way in ("give", "keep")
    }
    assert left["give"] < 34 * 2**20 < left["keep"]
