"""Who leaves in the middle of long work leaves its lane to the next person."""

import asyncio

import pytest

from benchmarks.page import Served
from benchmarks.visitor import Visitor, client, opened

LINES = 1_000  # the most; a minute's work
SOON = 20.0  # seconds; a busy machine is slow

pytestmark = pytest.mark.processes


def test_a_browser_gone_in_the_middle_of_many_lines_frees_their_lane(own: Served) -> None:
    async def leave() -> None:
        async with client(own.address) as speaking:
            first, config = await opened(speaking)
            second = Visitor(speaking, config)
            first.set("many-lines", "Ma voisine a perdu ses clés dans le grand jardin.\n" * LINES)
            second.set("many-lines", "Il pleut.")
            theirs = asyncio.create_task(first.ask("translate_lines"))
            await asyncio.sleep(2)
            mine = asyncio.create_task(second.ask("translate_lines"))
            await asyncio.sleep(2)
            assert not theirs.done()
            assert not mine.done()
            first.leave()
            assert await asyncio.wait_for(mine, SOON) > 2

    asyncio.run(leave())
    assert "Traceback" not in own.log.read_text(encoding="utf-8")
