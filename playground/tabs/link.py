"""A link that restores a tab: its text, its open instrument and every setting.

All of it stands in the address, nothing on the server. An address is what somebody else wrote:
each value is taken only if it is one that its input could have.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from playground.tabs import parts
from playground.tabs.frame import ASSETS
from playground.tabs.workbench import Bench, Component

LONGEST = 2_000  # characters of one value


def button(bench: Bench) -> None:
    """A button that writes the link into the address bar and the clipboard, and shows it."""
    with gr.Row(equal_height=True):
        ask = gr.Button("Link to what you see", scale=0, min_width=200, size="sm")
        shown = gr.Textbox(
            show_label=False,
            label="Link to what you see",
            placeholder="The link to this text and all settings appears here.",
            container=False,
            buttons=["copy"],
            elem_id=f"{bench.name}-link",
            scale=1,
        )
    script = (ASSETS / "link.js").read_text(encoding="utf-8")
    script = script.replace("NAMES", json.dumps(list(bench.inputs)))
    script = script.replace("TAB", json.dumps(bench.name))
    inputs = [bench.view, *bench.inputs.values()]
    ask.click(None, inputs, shown, js=script, api_visibility="private")


def restores(page: gr.Blocks, tabs: gr.Tabs, bench: Bench) -> None:
    """Let the page open as the link in its address says."""
    page.load(
        restored(bench),
        None,
        [tabs, bench.tabs, bench.view, *bench.inputs.values(), bench.note, *bench.outputs],
        api_name=f"restore_{bench.name}",
        **parts.quiet(bench.note),
    )


def restored(bench: Bench) -> Callable[[gr.Request], tuple[Any, ...]]:
    """What the page shows for the link of a request."""

    def handler(request: gr.Request) -> tuple[Any, ...]:
        asked = dict(request.query_params)
        if asked.get("tab") != bench.name:
            return (gr.skip(),) * (4 + len(bench.inputs) + len(bench.outputs))
        values, refused = taken(bench.inputs, asked)
        view = asked.get("view", "")
        view = view if view in bench.instruments else next(iter(bench.instruments))
        note, *outputs = bench.answer(view, *values.values())
        if refused and not note:
            note = f"The link names {' and '.join(refused)} that cannot be; the usual ones stand."
        opened = (gr.Tabs(selected=bench.name), gr.Tabs(selected=view), view)
        return (*opened, *values.values(), note, *outputs)

    return handler


def taken(
    inputs: Mapping[str, Component], asked: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Every input's value, from the link where it has one that can be, and the names refused."""
    values, refused = {}, []
    for name, component in inputs.items():
        values[name] = component.value
        if name in asked:
            value = parsed(asked[name])
            if acceptable(component, value):
                values[name] = value
            else:
                refused.append(name.rpartition(".")[2].replace("_", " "))
    return values, refused


def parsed(text: str) -> Any:
    """A value out of its JSON; None if it is none."""
    try:
        return json.loads(text) if len(text) <= LONGEST else None
    except (ValueError, RecursionError):
        return None


def acceptable(component: Component, value: Any) -> bool:
    """Whether an input could have this value."""
    if isinstance(component, gr.Radio | gr.Dropdown):
        return value in [choice for _, choice in component.choices]
    if isinstance(component, gr.Checkbox):
        return isinstance(value, bool)
    if isinstance(component, gr.Slider | gr.Number):
        return is_number(value) and between(component.minimum, value, component.maximum)
    return isinstance(component, gr.Textbox) and isinstance(value, str)


def is_number(value: Any) -> bool:
    """Whether a value is one that can be counted with; JSON can also hold NaN and Infinity."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and abs(value) < 1e300


def between(least: float | None, value: float, most: float | None) -> bool:
    """Whether a number is within its ends, where it has any."""
    return (least is None or least <= value) and (most is None or value <= most)
