"""One person at the page, as the page's server sees one: the requests of a browser, without it.

The protocol is Gradio's own: an event is posted to the queue, and one stream of each session tells
how all of its events end. https://www.gradio.app/guides/querying-gradio-apps-with-curl
"""

import asyncio
import functools
import gzip
import json
import re
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from gradio_client.utils import apply_diff

API = "/gradio_api"
CONFIG = re.compile(r"window\.gradio_config\s*=\s*")
ASKED = re.compile(r"playground\.question\((\[.*\]), given\)")  # and with what is asked
DEALT = re.compile(r"playground\.dealt\((\[.*\]), reply\)")  # what the page does with a reply
PATIENCE = 120.0  # seconds that an answer may take, if nothing else is said
LONGEST = 2**24  # bytes of a line of a stream
COMPRESSED = {"Accept-Encoding": "gzip"}  # as a browser asks


class Refused(RuntimeError):
    """The page did not answer as it should."""


class Visitor:
    """A session: the values of all components as its browser has them, and what it asks."""

    def __init__(self, client: aiohttp.ClientSession, config: Mapping[str, Any]) -> None:
        """client: with the page's address; config: what the page's /config says."""
        self._client = client
        self.session = secrets.token_hex(8)
        self._events = {each["api_name"]: each for each in config["dependencies"]}
        parts = {part["id"]: part for part in config["components"]}
        self._names = {part["props"].get("elem_id") or "": number for number, part in parts.items()}
        self.values = {number: part["props"].get("value") for number, part in parts.items()}
        self._open: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._outputs: dict[str, list[int]] = {}  # of open events
        self._said: dict[str, list[Any]] = {}  # what events that go on said last
        self._reader: asyncio.Task[None] | None = None
        self._dealt = named(config, DEALT, "inputs", "outputs")
        self._asked = named(config, ASKED, "outputs", "inputs")
        self._text = {tab: self._input(tab) for tab in self.tabs()}

    def tabs(self) -> list[str]:
        """The names of the tabs."""
        return [name.removeprefix("answer_") for name in self._events if name.startswith("answer_")]

    def set(self, name: str, value: Any) -> None:
        """Give the component that has this id on the page a value."""
        self.values[self._names[name]] = value

    def type(self, tab: str, text: str) -> None:
        """Type a text on a tab."""
        self.values[self._text[tab]] = text

    async def ask(self, event: str, patience: float = PATIENCE) -> float:
        """Let an event of the page happen: the seconds until its answer is there.

        patience: seconds that it may take.
        Raises Refused if it comes to a bad end, aiohttp.ClientError if the server cannot be spoken
        to.
        """
        asked, body = self._events[event], self._body(event)
        since = time.perf_counter()
        event_id = json.loads(await self._posted("queue/join", body))["event_id"]
        self._outputs[event_id] = asked["outputs"]
        output = await self._ended(event_id, patience)
        for number, value in zip(asked["outputs"], output["data"], strict=True):
            self._take(number, value)
        return time.perf_counter() - since

    async def tell(self, event: str) -> None:
        """Let an event of the page happen that goes past the queue. Raises as `ask` does."""
        await self._posted("run/predict", self._body(event))

    def _body(self, event: str) -> dict[str, Any]:
        """What a browser sends of an event."""
        asked = self._events[event]
        return {
            "data": [self._value(number) for number in asked["inputs"]],
            "fn_index": asked["id"],
            "session_hash": self.session,
            "trigger_id": None,
            "event_data": None,
        }

    def _value(self, number: int) -> Any:
        """What a component's value is, and of one that tells a tab's inputs all of these."""
        names = self._asked.get(number)
        if names is None:
            return self.values.get(number)
        return json.dumps({name: self.values.get(each) for name, each in names.items()})

    async def _posted(self, route: str, body: Mapping[str, Any]) -> str:
        """What the server says to a question."""
        async with self._client.post(f"{API}/{route}", json=body) as posted:
            said = await posted.text()
        if not posted.ok:
            raise Refused(f"{posted.status}: {said[:200]}")
        return said

    def value(self, name: str) -> Any:
        """The value of the component that has this id on the page."""
        return self.values[self._names[name]]

    def leave(self) -> None:
        """Close the page in the middle of whatever is asked: nobody reads the answers any more."""
        if self._reader is not None:
            self._reader.cancel()

    async def _ended(self, event_id: str, patience: float) -> dict[str, Any]:
        """The output of an event. The stream is read while events of the session are open."""
        ended = self._open.setdefault(event_id, asyncio.get_running_loop().create_future())
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        try:
            message = await asyncio.wait_for(ended, patience)
        finally:
            del self._open[event_id]
            self._outputs.pop(event_id, None)
            self._said.pop(event_id, None)
        if not message.get("success"):
            raise Refused(str(message.get("output"))[:200])
        output: dict[str, Any] = message["output"]
        return output

    async def _read(self) -> None:
        """Read the session's stream while an event is open; a torn one ends them all.

        The server closes a stream when all events have ended that it knew of by then.
        """
        try:
            while any(not ended.done() for ended in self._open.values()):
                async for message in self._messages():
                    if message["msg"] == "process_generating":
                        self._goes_on(message)
                        continue
                    loop = asyncio.get_running_loop()
                    ended = self._open.setdefault(message["event_id"], loop.create_future())
                    if not ended.done():
                        ended.set_result(message)
        except aiohttp.ClientError as error:
            for ended in self._open.values():
                if not ended.done():
                    ended.set_exception(error)

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        """What each event of the session says, and how it ends, till the server closes it all."""
        address = f"{API}/queue/data?session_hash={self.session}"
        async with self._client.get(address) as stream:
            stream.raise_for_status()
            async for line in stream.content:
                message = json.loads(line[5:]) if line.startswith(b"data:") else {}
                if message.get("msg") in ("process_generating", "process_completed"):
                    yield message
                if message.get("msg") == "close_stream":
                    return

    def _goes_on(self, message: Mapping[str, Any]) -> None:
        """Take a word of an event that has many: those after the first are differences."""
        event, said = message["event_id"], message["output"]["data"]
        if event in self._said:
            pairs = zip(self._said[event], said, strict=True)
            said = [apply_diff(before, edits) for before, edits in pairs]
        self._said[event] = said
        for number, value in zip(self._outputs.get(event, []), said, strict=False):
            self._take(number, value)

    def _take(self, number: int, value: Any) -> None:
        """Take an answer's value of a component; an update may leave it as it is."""
        if isinstance(value, dict) and value.get("__type__") == "update":
            if "value" not in value:
                return
            value = value["value"]
        self.values[number] = value
        names = self._dealt.get(number, {})
        for name, dealt in json.loads(value or "{}").items() if names else ():
            if name in names:
                self.values[names[name]] = dealt

    def _input(self, tab: str) -> int:
        """The text of a tab: after what was done comes its own first input."""
        (question,) = self._events[f"answer_{tab}"]["inputs"]
        done = ("view", "act", "seen")
        first: int = next(n for name, n in self._asked[question].items() if name not in done)
        return first


def named(
    config: Mapping[str, Any], script: re.Pattern[str], whole: str, parts: str
) -> dict[int, dict[str, int]]:
    """The components that a text holds the values of, by their names: for each such text.

    script: what names them; whole, parts: whether an event reads ("inputs") or writes ("outputs")
    the text and the components.
    """
    return {
        each[whole][0]: dict(zip(json.loads(names[1]), each[parts], strict=True))
        for each in config["dependencies"]
        if (names := script.search(str(each["js"])))
    }


def views(config: Mapping[str, Any], tab: str) -> list[str]:
    """The names of the instruments on a tab of a page with this configuration."""
    props = {part["id"]: part["props"] for part in config["components"]}
    label = f"{tab.replace('_', '-')}-instruments"
    (strip,) = (each for each in nodes(config["layout"]) if props_of(each, props) == label)
    return [props[child["id"]]["id"] for child in strip["children"]]


def props_of(node: Mapping[str, Any], props: Mapping[int, Mapping[str, Any]]) -> str | None:
    """The id on the page of a node of its layout."""
    found: str | None = props.get(node["id"], {}).get("elem_id")
    return found


def nodes(layout: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """All nodes of a page's layout."""
    return [layout] + [each for child in layout.get("children") or [] for each in nodes(child)]


@asynccontextmanager
async def client(
    address: str, headers: Mapping[str, str] | None = None
) -> AsyncIterator[aiohttp.ClientSession]:
    """What speaks to a page, with as many connections as are needed.

    A light one: it runs beside the server that is measured, as no person's browser does.
    headers: of every request.
    """
    async with aiohttp.ClientSession(
        address,
        headers=headers,
        connector=aiohttp.TCPConnector(limit=0),
        timeout=aiohttp.ClientTimeout(sock_read=PATIENCE),
        read_bufsize=LONGEST,
    ) as made:
        yield made


async def opened(
    speaking: aiohttp.ClientSession, files: Sequence[str] = ()
) -> tuple[Visitor, Mapping[str, Any]]:
    """A person who opens the page, and the page's configuration, which stands in it.

    files: addresses of what a browser that was never there fetches with it.
    """
    page, *_ = await asyncio.gather(*(fetched(speaking, each) for each in ("/", *files)))
    config = configuration(page)
    visitor = Visitor(speaking, config)
    loads = [
        each["api_name"]
        for each in config["dependencies"]
        if each["backend_fn"] and any(event == "load" for _, event in each["targets"])
    ]
    await asyncio.gather(*map(visitor.ask, loads))
    return visitor, config


async def fetched(speaking: aiohttp.ClientSession, address: str) -> bytes:
    """What stands at an address, compressed on its way as for a browser, and left so."""
    async with speaking.get(address, headers=COMPRESSED, auto_decompress=False) as answer:
        answer.raise_for_status()
        return await answer.read()


@functools.lru_cache(maxsize=1)
def configuration(page: bytes) -> Mapping[str, Any]:
    """The configuration in a page. Raises Refused if there is none."""
    text = gzip.decompress(page).decode()
    stands = CONFIG.search(text)
    if stands is None:
        raise Refused("the page has no configuration in it")
    config: Mapping[str, Any]
    config, _ = json.JSONDecoder().raw_decode(text, stands.end())
    return config
