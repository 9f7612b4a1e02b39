"""Instruments side by side: one is open, and only it is computed when something changes.

An instrument is a module with NAME, TITLE, `build()`, which lays it out, and `show(...)`, which
answers with one value for each of its outputs. What it is given: the shared inputs of the tab (the
text, the model), then its own settings.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import gradio as gr

from playground.tabs import parts

Component = Any
Change = Callable[[str], dict[str, Any]]


@dataclass(frozen=True)
class Built:
    """What `build()` made."""

    outputs: list[Component]
    settings: dict[str, Component] = field(default_factory=dict)  # by their names in a link
    picks: list[tuple[gr.HTML, Change]] = field(default_factory=list)
    """Figures that can be picked from: a mark's key to the inputs that it changes, by name."""
    controls: dict[str, Component] = field(default_factory=dict)  # that the tab wires by `act`


class Instrument(Protocol):
    """A module of this shape."""

    NAME: str
    TITLE: str

    @property
    def build(self) -> Callable[[], Built]: ...
    @property
    def show(self) -> Callable[..., tuple[Any, ...]]: ...


@dataclass(frozen=True)
class Bench:
    """A tab's instruments, laid out; what a link needs to restore them."""

    name: str
    tabs: gr.Tabs
    view: gr.Textbox  # the name of the open instrument
    note: gr.HTML
    inputs: dict[str, Component]  # all of the tab, by their names in a link
    shared: int  # how many of them every instrument is given
    instruments: dict[str, Instrument]
    built: dict[str, Built]

    @property
    def outputs(self) -> list[Component]:
        """All figures of all instruments."""
        return [output for built in self.built.values() for output in built.outputs]

    def answer(self, view: str, *values: Any) -> tuple[Any, ...]:
        """A notice and every output: those of the open instrument anew, the others as they are.

        Bad input gives the notice its sentence, and every output stays.
        """
        return parts.answered(self.shown, len(self.outputs))(view, *values)

    def shown(self, view: str, *given: Any) -> tuple[Any, ...]:
        """A value for every output. Raises ValueError, in a sentence, for bad input."""
        if view not in self.instruments:
            raise ValueError("There is no such instrument; please choose one above.")
        values = dict(zip(self.inputs, given, strict=True))
        own = [values[f"{view}.{name}"] for name in self.built[view].settings]
        shared = list(values.values())[: self.shared]
        fresh = self.instruments[view].show(*shared, *own)
        return tuple(
            value
            for name, built in self.built.items()
            for value in (fresh if name == view else [gr.skip()] * len(built.outputs))
        )

    def named(self, view: str, setting: str) -> str:
        """The name among all inputs of what an instrument calls `setting`."""
        return setting if setting in list(self.inputs)[: self.shared] else f"{view}.{setting}"


def bench(
    name: str,
    shared: Mapping[str, Component],
    note: gr.HTML,
    instruments: Sequence[Instrument],
    asked: Sequence[Any],
) -> Bench:
    """Lay the instruments out under the tab's inputs; the first is open.

    shared: the inputs that every instrument is given. asked: the events that ask for an answer.
    """
    view = gr.Textbox(instruments[0].NAME, visible="hidden", elem_id=f"{name}-view")
    built, places = {}, {}
    with gr.Tabs(overflow_behavior="wrap", elem_classes="instruments") as tabs:
        for instrument in instruments:
            with gr.Tab(instrument.TITLE, id=instrument.NAME) as place:
                built[instrument.NAME] = instrument.build()
                places[instrument.NAME] = place
    inputs = dict(shared) | {
        f"{view_name}.{setting}": component
        for view_name, made in built.items()
        for setting, component in made.settings.items()
    }
    named = {instrument.NAME: instrument for instrument in instruments}
    made = Bench(name, tabs, view, note, inputs, len(shared), named, built)
    wire(made, places, asked)
    return made


def wire(made: Bench, places: Mapping[str, gr.Tab], asked: Sequence[Any]) -> None:
    """Answer what is typed, set, opened and picked."""
    inputs = [made.view, *made.inputs.values()]
    outputs = [made.note, *made.outputs]
    quiet = parts.quiet(made.note)
    parts.redraw(asked, made.shown, inputs, made.note, made.outputs, f"show_{made.name}")
    for name, place in places.items():
        place.select(
            None, None, made.view, js=f"() => {json.dumps(name)}", api_visibility="private"
        )  # at once: what is typed before the answer comes is asked of the right instrument
        settings = made.built[name].settings.values()
        gr.on(
            [place.select, *(event for setting in settings for event in heard(setting))],
            opened(made, name),
            inputs[1:],
            [made.view, *outputs],
            trigger_mode="always_last",
            api_name=f"open_{made.name}_{name}",
            **quiet,
        )
        for number, (figure, change) in enumerate(made.built[name].picks):
            figure.pick(
                changed(made, name, change),
                inputs[1:],
                [*made.inputs.values(), *outputs],
                trigger_mode="always_last",
                api_name=f"pick_{made.name}_{name}_{number}",
                **quiet,
            )


def heard(setting: Component) -> list[Any]:
    """The events by which a person changes a setting; none for a hidden one, which picks change.

    The `input` of a Textbox tells of pressed keys, but not of what is pasted or erased.
    """
    if setting.visible == "hidden":
        return []
    return [setting.change if isinstance(setting, gr.Textbox) else setting.input]


def opened(made: Bench, name: str) -> Callable[..., tuple[Any, ...]]:
    """Open an instrument: its name for the view, and its answer."""
    return lambda *values: (name, *made.answer(name, *values))


def changed(made: Bench, name: str, change: Change) -> Callable[..., tuple[Any, ...]]:
    """A mark was picked: the inputs that it changes, and the answer to all of them."""

    def handler(event: gr.EventData, *arguments: Any) -> tuple[Any, ...]:
        return renewed(made, name, arguments, change(str(event._data["key"])))

    return handler


def renewed(
    made: Bench, name: str, arguments: Sequence[Any], change: Mapping[str, Any]
) -> tuple[Any, ...]:
    """Every input, changed or as it is, and the answer to all of them."""
    values = dict(zip(made.inputs, arguments, strict=True))
    fresh = {made.named(name, setting): value for setting, value in change.items()}
    answer = made.answer(name, *(values | fresh).values())
    return (*(fresh.get(one, gr.skip()) for one in made.inputs), *answer)


def act(
    made: Bench,
    name: str,
    events: Sequence[Any],
    given: Sequence[Component],
    change: Callable[..., dict[str, Any]],
) -> None:
    """Let a control of an instrument change inputs: `change` gets the values of `given`."""

    def handler(*arguments: Any) -> tuple[Any, ...]:
        own, values = arguments[: len(given)], arguments[len(given) :]
        try:
            return renewed(made, name, values, change(*own))
        except ValueError as error:
            kept = [gr.skip()] * (len(made.inputs) + len(made.outputs))
            return (*kept[: len(made.inputs)], str(error), *kept[len(made.inputs) :])

    gr.on(
        events,
        handler,
        [*given, *made.inputs.values()],
        [*made.inputs.values(), made.note, *made.outputs],
        trigger_mode="always_last",
        api_name=f"act_{made.name}_{name}_{change.__name__}",
        **parts.quiet(made.note),
    )
