"""Instruments side by side: one is open, and only it is computed when something changes.

One listener answers everything that a person does on a tab, so that no two answers can cross: while
one is computed, only the last thing done waits. Gradio then asks again with the inputs as they are
by then but with the event as it first was; so what was done is told by inputs alone: `view` names
the open instrument, `act` the marks that were picked, `seen` what was answered last.

The browser puts all of a tab's inputs into one text, `question`, and the listener has that one
input: Gradio's page goes through the whole tree of components for each input of every event that it
ever asked the server for, at each stage of each event. Of forty inputs that took 95 ms of a change.

Its answer is one text, `reply`, which the browser deals out to the fields and panels that it
changes: Gradio's server makes every output anew that an answer leaves as it is, and a tab has many.
`seen` is among them: until the fields hold an answer, a question does not say that it was seen.
Only the very next question may be an answer's echo: a later one was asked while that answer was
still computed, and what is undone meanwhile is asked again.
"""

import functools
import hashlib
import importlib
import importlib.util
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from playground.instrument import Instrument, Tab
from playground.page import controls, parts
from playground.page.acts import Acts, numbered, parsed
from playground.page.answer import answered, first_values
from playground.page.backend import HERE, Backend, Told
from playground.page.controls import Component, Place
from playground.page.panel import PANEL, panel
from playground.page.remembered import Remembered
from playground.settings import Choice

Values = dict[str, Any]

SEEN = "seen"  # its name in a reply
DEALING = "watch('value', () => trigger('dealt'));"


@dataclass(frozen=True)
class Bench:
    """A tab's instruments, laid out."""

    tab: Tab
    tabs: gr.Tabs
    view: gr.Textbox  # the name of the open instrument
    act: gr.Textbox  # JSON: `Acts`
    seen: gr.Textbox  # JSON: the number of the act answered last, and what was asked then
    question: gr.Textbox  # JSON: what is asked of the server, `asks` by name
    reply: gr.HTML  # what was answered last, to be dealt out
    note: gr.HTML
    inputs: dict[str, Component]  # the tab's by their names, an instrument's as "view.name"
    panels: dict[str, gr.HTML]

    @property
    def instruments(self) -> dict[str, Instrument]:
        """Every instrument by its name."""
        return {instrument.name: instrument for instrument in self.tab.instruments}

    def values(self, view: str, given: Mapping[str, Any]) -> Values:
        """The values of the tab's inputs and of one instrument's settings, by their own names."""
        own = {setting.name: f"{view}.{setting.name}" for setting in self.settings(view)}
        return {one.name: given[one.name] for one in self.tab.inputs} | {
            name: given[long] for name, long in own.items()
        }

    def settings(self, view: str) -> tuple[Any, ...]:
        """An instrument's settings."""
        return tuple(self.instruments[view].settings)

    def component(self, view: str, name: str) -> Component:
        """The component of what an instrument calls `name`."""
        return self.inputs[name if name in self.inputs else f"{view}.{name}"]

    def asks(self) -> dict[str, Component]:
        """What a question tells, by name: what was done, and all inputs."""
        return {"view": self.view, "act": self.act, SEEN: self.seen, **self.inputs}

    def dealt(self) -> dict[str, Component]:
        """What an answer may change, by name: the text, what is picked or kept, panels, `seen`."""
        text, *others = self.tab.inputs
        filled = [one.name for one in others if one.may_be_filled]
        filled += [
            f"{view}.{one.name}"
            for view, instrument in self.instruments.items()
            for one in instrument.settings
            if one.may_be_filled
        ]
        found = {name: self.inputs[name] for name in (text.name, *filled)}
        found |= {f"panel {view}": place for view, place in self.panels.items()}
        return found | {SEEN: self.seen}


def bench(tab: Tab, place: gr.Tab, shown: bool = True, backend: Backend = HERE) -> Bench:
    """Lay a tab out.

    place: where it lies; opening it asks for an answer. shown: its first instrument is worked out
    now, since a person sees it first. backend: what computes.
    """
    parts.question(tab.question, tab.reading)
    with gr.Row(equal_height=True, elem_classes="asked"):
        inputs = {tab.inputs[0].name: parts.sentence_box(tab.inputs[0])}
        inputs |= {one.name: shared(one) for one in tab.inputs[1:] if isinstance(one, Choice)}
        button = tab.action and gr.Button(tab.action, variant="primary", scale=0, min_width=140)
    note = parts.notice()
    parts.examples(tab.examples, inputs[tab.inputs[0].name])
    with gr.Row(elem_classes="settings"):
        inputs |= {
            one.name: controls.control(one, f"{tab.name}-{one.name}")
            for one in tab.inputs
            if one.name not in inputs
        }
    first = tab.instruments[0]
    view, act, seen, question = (
        hidden(f"{tab.name}-{what}") for what in ("view", "act", "seen", "question")
    )
    view.value = first.name
    reply = PANEL(None, html_template="", js_on_load=DEALING, visible="hidden")
    panels = {}
    name = f"{tab.name}-instruments"
    with gr.Tabs(overflow_behavior="wrap", elem_classes="instruments", elem_id=name) as tabs:
        for instrument in tab.instruments:
            with gr.Tab(instrument.title, id=instrument.name, elem_classes="instrument"):
                inputs |= laid_out(instrument)
                own = Place(inputs, note, act, instrument.name)
                above = add_controls(instrument, "above", own)
                panels[instrument.name] = panel(instrument, None)
                add_controls(instrument, "build", own, *([] if above is None else [above]))
    made = Bench(tab, tabs, view, act, seen, question, reply, note, inputs, panels)
    if shown:
        values = first_values([*tab.inputs, *first.settings])
        panels[first.name].value = backend.told(first, values).panel
        seen.value = json.dumps({"act": 0, "asked": asked(first.name, values)})
    listen(made, [place.select, *([button.click] if button else [])], backend)
    return made


def shared(setting: Choice) -> gr.Radio:
    """A choice beside the text, without a frame."""
    choices = [(label, value) for value, label in setting.labels.items()]
    return gr.Radio(
        choices, value=setting.first, label=setting.label, show_label=False, container=False,
        scale=1, min_width=controls.width(setting), elem_id=f"shared-{setting.name}",
    )  # fmt: skip


def hidden(name: str) -> gr.Textbox:
    """A text that no person sees, which the browser keeps, and does not fit its height to."""
    return gr.Textbox("", label=name, visible="hidden", elem_id=name, lines=2, max_lines=2)


def laid_out(instrument: Instrument) -> dict[str, Component]:
    """The controls of an instrument's settings, by their names in a link."""
    names = {f"{instrument.name}.{one.name}": one for one in instrument.settings}
    folded = [name for name, one in names.items() if one.folded]
    hidden = [name for name, one in names.items() if one.hidden]
    with gr.Row(elem_classes="settings"):
        made = {
            name: controls.control(one, name)
            for name, one in names.items()
            if not one.folded and not one.hidden
        }
    made |= {name: controls.control(names[name], name) for name in hidden}
    if folded:
        with (
            gr.Accordion("More settings", open=False, elem_classes="folded"),
            gr.Row(elem_classes="settings"),
        ):
            made |= {name: controls.control(names[name], name) for name in folded}
    return {name: made[name] for name in names}


def add_controls(instrument: Instrument, part: str, *given: Any) -> Any:
    """What a room adds of its own, if it has a `controls.py` with that part; what the part says."""
    name = f"{instrument.room}.controls"
    build = importlib.util.find_spec(name) and getattr(importlib.import_module(name), part, None)
    if build:
        with gr.Row(equal_height=True, elem_classes="controls"):
            return build(*given)
    return None


def listen(made: Bench, events: list[Any], backend: Backend) -> None:
    """Answer what is typed, set, opened, picked and restored, and some more events."""
    text = made.inputs[made.tab.inputs[0].name]
    rest = [one for one in made.inputs.values() if one is not text]
    settings = [event for one in rest for event in controls.asking(one)]
    picks = [place.select for place in made.panels.values()]
    gr.on(
        picks, None, None, made.act, js="() => window.playground.act(window.playground.mark)",
        **controls.PRIVATE,
    )  # fmt: skip
    opened = f"() => window.playground.opened({json.dumps(f'{made.tab.name}-instruments')})"
    places = [one for one in made.tabs.children if isinstance(one, gr.Tab)]
    gr.on([one.select for one in places], None, None, made.view, js=opened, **controls.PRIVATE)
    asks = made.asks()
    gr.on(
        [text.change, text.submit, *events, *settings, made.view.change, made.act.change],
        None,
        [*asks.values()],
        made.question,
        js=f"(...given) => window.playground.question({json.dumps(list(asks))}, given)",
        **controls.PRIVATE,
    )
    made.question.change(
        listener(made, backend),
        made.question,
        [made.note, made.reply],
        trigger_mode="always_last",
        preprocess=False,  # `Answer` checks every setting
        api_name=f"answer_{made.tab.name.replace('-', '_')}",
        **controls.quiet(made.note),
    )
    dealt = made.dealt()
    made.reply.dealt(
        None, made.reply, [*dealt.values()],
        js=f"(reply) => window.playground.dealt({json.dumps(list(dealt))}, reply)",
        **controls.PRIVATE,
    )  # fmt: skip


def listener(made: Bench, backend: Backend = HERE) -> Any:
    """The handler of everything that happens on a tab: an `answerer` whose answer is one text."""
    answer = answerer(made, backend)
    names = {component: name for name, component in made.dealt().items()}
    asks = list(made.asks())

    def handler(question: str) -> dict[Component, Any]:
        told = parsed(question)
        given = {name: told.get(name) for name in asks}
        found: dict[Component, Any] = answer(number=numbered(told.get("")), **given)
        reply = {names[one]: found.pop(one) for one in [*found] if one in names}
        return found | {made.reply: replied(reply) if reply else gr.skip()}

    return handler


def replied(reply: Values) -> str:
    """What is dealt out, by name; the first name makes each text another one, as it makes acts."""
    return json.dumps({"": secrets.token_hex(4), **reply})


def answerer(made: Bench, backend: Backend = HERE) -> Any:
    """What a tab answers: each component that changes, and its value."""
    remembered: Remembered[Told] = Remembered()

    def answer(
        view: str, act: str, seen: str, number: int = 1, **given: Any
    ) -> dict[Component, Any]:
        if not isinstance(view, str) or view not in made.panels:
            return {made.note: parts.noticed("There is no such instrument; please choose one.")}
        values = made.values(view, given)
        done, before = Acts.read(act), parsed(seen)
        last = numbered(before.get("act"))
        instrument = made.instruments[view]
        acts = before.get("acts")  # the last of each instrument
        told = {name: numbered(acts.get(name)) for name in made.panels if isinstance(acts, dict)}
        change, lost = changed(instrument, done.after(told.get(view, 0), view))
        found = {made.component(view, name): value for name, value in change.items()}
        values |= change
        state = asked(view, values)
        follows = number == numbered(before.get("question")) + 1
        if follows and done.number <= last and before.get("asked") == state:
            # the page's own echo: nothing has changed since, and what was said is said again
            said = before.get("said")
            return {made.note: parts.noticed(*said) if said else gr.skip()}
        compute = functools.partial(backend.told, instrument, values)
        if instrument.timed:
            result, fault = answered(compute)
        else:
            result, fault = answered(remembered.get, spelled(view, values), compute)
        if result is not None:
            # only what is not as it was asked: a person may have typed something else meanwhile
            kept = {name: value for name, value in result.kept.items() if value != values[name]}
            found |= {made.component(view, name): value for name, value in kept.items()}
            found[made.panels[view]] = result.panel
            values |= result.kept
        notes = result.notes if result is not None else ()
        refused = done.refused if done.asked == state else ""
        said = fault or lost or refused, [*notes], bool(fault)
        found[made.note] = parts.noticed(*said)
        last = max(done.number, last)
        now = {"act": last, "acts": told | {view: last}, "asked": asked(view, values),
               "said": said, "question": number}  # fmt: skip
        found[made.seen] = json.dumps(now)
        return found

    return answer


def changed(instrument: Instrument, picks: list[Mapping[str, Any]]) -> tuple[Values, str]:
    """What picked marks change, one after the other; and a sentence, if the last is not there."""
    change: Values = {}
    fault = ""
    for act in picks:
        found, fault = answered(picked, instrument, act)
        change |= found or {}
    return change, fault


def picked(instrument: Instrument, act: Mapping[str, Any]) -> Values:
    """What a picked mark changes. Raises ValueError, in a sentence, for one that is not there."""
    for figure in instrument.figures:
        if figure.name == act.get("figure") and figure.pick is not None:
            try:
                return dict(figure.pick(str(act["key"])))
            except (LookupError, ValueError) as error:
                raise ValueError("That mark is not there any more; please pick another.") from error
    return {}


def asked(view: str, values: Values) -> str:
    """What an answer was asked for, in a few letters; a browser sends 1.0 back as 1."""
    said = spelled(view, values).encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:16]


def spelled(view: str, values: Values) -> str:
    """What an answer is asked for; a browser sends 1.0 back as 1."""
    whole = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in values.items()
    }
    return json.dumps([view, whole], sort_keys=True, default=str)
