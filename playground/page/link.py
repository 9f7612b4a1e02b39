"""A link that restores a tab: its text, its open instrument and every setting.

All of it stands in the address, nothing on the server. An address is what somebody else wrote:
each value is taken only if it is one that its setting could have.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import gradio as gr

from playground.instrument import Instrument
from playground.page import controls, parts, qr
from playground.page.acts import LINK, Acts
from playground.page.answer import answered
from playground.page.bench import Bench, hidden
from playground.page.bench import asked as asked_for
from playground.settings import Setting

LONGEST = 6_000  # characters of one value
CODE = """
{{#if value.picture}}<figure class="code">
<img src="{{value.picture}}" alt="QR code of {{value.address}}">
<figcaption>{{value.address}}</figcaption></figure>{{/if}}
"""


def button(bench: Bench) -> None:
    """Buttons that write the link, or the line that shows this in another page, or a QR code."""
    with gr.Row(equal_height=True, elem_classes="link"):
        ask = gr.Button("Link to what you see", scale=0, min_width=200, size="sm")
        embed = gr.Button("Embed it", scale=0, min_width=100, size="sm")
        scan = gr.Button("QR code", scale=0, min_width=100, size="sm")
        shown = gr.Textbox(
            show_label=False,
            label="Link to what you see, or the line that embeds it",
            placeholder="The link to this text and all settings appears here.",
            container=False,
            max_lines=2,
            buttons=["copy"],
            elem_id=f"{bench.tab.name}-link",
            scale=1,
        )
    code = parts.filled(None, CODE, elem_id=f"{bench.tab.name}-code", elem_classes="code-place")
    firsts = {name: setting.first for name, (setting, _) in settings(bench).items()}
    names = json.dumps([bench.tab.name, list(bench.inputs), [firsts[one] for one in bench.inputs]])
    given = [bench.view, *bench.inputs.values()]
    for asked, script in ((ask, "link"), (embed, "embed")):
        js = f"(...given) => window.playground.{script}({names}, given, {LONGEST})"
        asked.click(None, given, shown, js=js, **controls.PRIVATE)
    address = hidden(f"{bench.tab.name}-scanned")
    js = f"(...given) => window.playground.scanned({names}, given)"
    scan.click(None, given, address, js=js, **controls.PRIVATE).then(
        coded(bench, code),
        address,
        [code, bench.note],
        api_name=f"code_{bench.tab.name.replace('-', '_')}",
        **controls.quiet(bench.note),
    )


def coded(bench: Bench, code: gr.HTML) -> Callable[[str], dict[Any, Any]]:
    """What the page shows for an address that is to be scanned."""

    def handler(address: str) -> dict[Any, Any]:
        drawn, fault = answered(qr.picture, address)
        if fault:
            return {bench.note: parts.noticed(fault)}
        return {code: {"picture": drawn, "address": address}}

    return handler


def restores(page: gr.Blocks, tabs: gr.Tabs, bench: Bench) -> None:
    """Let the page open as the link in its address says; the tab's listener then answers.

    The browser looks whether there is a link at all: most people come without one, and the server
    has nothing to do for them.
    """
    address = hidden(f"{bench.tab.name}-address")
    name = json.dumps(bench.tab.name)
    page.load(
        None, None, address, js=f"() => window.playground.address({name})", **controls.PRIVATE
    )
    address.change(
        restored(tabs, bench),
        address,
        [tabs, bench.tabs, bench.view, *bench.inputs.values(), bench.act],
        api_name=f"restore_{bench.tab.name.replace('-', '_')}",
        **controls.quiet(bench.note),
    )


def restored(tabs: gr.Tabs, bench: Bench) -> Callable[[str], dict[Any, Any]]:
    """What the page shows for the link in an address: what follows its "?"."""

    def handler(address: str) -> dict[Any, Any]:
        asked = dict(parse_qsl(address.removeprefix("?"), keep_blank_values=True))
        if asked.get("tab") != bench.tab.name:
            return {tabs: gr.skip()}
        view = viewed(bench, asked)
        values, refused = taken(settings(bench), asked)
        if asked.get("view", view) not in called(bench.instruments[view]):
            refused = ["an instrument", *refused]
        said = ""
        if refused:
            said = f"The link names {' and '.join(refused)} that cannot be; the usual ones stand."
        state = asked_for(view, bench.values(view, values))  # where the sentence holds
        return {
            tabs: gr.Tabs(selected=bench.tab.name),
            bench.tabs: gr.Tabs(selected=view),
            bench.view: view,
            **{bench.inputs[name]: value for name, value in values.items()},
            bench.act: Acts(LINK, refused=said, asked=state).to_json(),
        }

    return handler


def called(instrument: Instrument) -> list[str]:
    """Every name that links have called an instrument by."""
    return [instrument.name, *instrument.formerly]


def viewed(bench: Bench, asked: Mapping[str, str]) -> str:
    """The instrument that a link opens; the first, where it names none that there is."""
    for name, instrument in bench.instruments.items():
        if asked.get("view") in called(instrument):
            return name
    return next(iter(bench.instruments))


def settings(bench: Bench) -> dict[str, tuple[Setting, list[str]]]:
    """Every setting of a tab with all the names that links have given it, by today's."""
    found = {one.name: (one, [one.name]) for one in bench.tab.inputs}
    for name, instrument in bench.instruments.items():
        for one in instrument.settings:
            names = [f"{view}.{one.name}" for view in called(instrument)]
            found[f"{name}.{one.name}"] = (one, names)
    return found


def taken(
    known: Mapping[str, tuple[Setting, list[str]]], asked: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Every setting's value, from the link where it has one that can be, and the names refused."""
    values, refused = {}, []
    for today, (setting, names) in known.items():
        values[today] = setting.first
        given = next((asked[name] for name in names if name in asked), None)
        if given is None:
            continue
        try:
            values[today] = setting.check(parsed(given))
        except ValueError:
            refused.append(setting.spoken)
    return values, refused


def parsed(text: str) -> Any:
    """A value out of its JSON. Raises ValueError if it is none, or none that can be shown."""
    if len(text) > LONGEST:
        raise ValueError(f"a value of {len(text)} characters is too long for a link")
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("a value holds too much in itself") from error
    return value
