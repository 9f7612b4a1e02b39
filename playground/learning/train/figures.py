"""The plan of a training drawn and told, and a live training as the film that it is."""

from typing import Any

from playground.drawing import Bars, Texts, bars, beside
from playground.drawing.sentences import counted
from playground.instrument import Shown, Table
from playground.learning import shown
from playground.learning.asking import ASKED
from playground.learning.filming import Trace
from playground.learning.train.explain import Model, Parts


def figures(trace: Parts) -> dict[str, Shown]:
    """The parts of the model, or of two."""
    pictures = [picture(model) for model in trace.models]
    rows = [
        [model.name, part, shape, f"{count:,}"]
        for model in trace.models
        for part, shape, count in zip(model.parts, model.shapes, model.parameters, strict=True)
    ]
    table = Table(["model", "part", "hands on", "parameters"], rows)
    formula = [
        f"{model.name}: {' + '.join(f'{count:,}' for count in model.parameters)} = {model.total:,}"
        for model in trace.models
    ]
    drawn = pictures[0] if len(pictures) == 1 else beside(pictures)
    return {"parts": Shown(drawn, sentence(trace), table, formula)}


def picture(model: Model) -> Any:
    """A bar of parameters for each part, and what it hands on."""
    return bars(
        model.parts,
        [
            Bars([float(count) for count in model.parameters],
                 [f"{count:,}" for count in model.parameters], "parameters", length=140),
            Texts(model.shapes, "hands on", anchor="start"),
        ],
        most=40,
    )  # fmt: skip


def sentence(trace: Parts) -> str:
    """How large each model is, and what it will learn from."""
    sizes = " and the ".join(
        f"{model.name} has {model.total:,} parameters" for model in trace.models
    )
    plan = trace.models[0].plan
    return (
        f"The {sizes}. In {counted(plan.steps, 'step')} it sees {plan.steps * plan.batch:,} "
        f"examples; {trace.unseen} others are kept back, and {min(ASKED, trace.unseen)} of them "
        "examine it. Press Train."
    )


def live(trace: Trace) -> dict[str, Shown]:
    """The figures of a live training."""
    found = shown.figures(trace)
    return {f"live-{name}": one for name, one in found.items() if name != "try"}


def kept(trace: Parts, meant: str) -> dict[str, Any]:
    """For which task the text is; a text that was meant for another one gives way to an example."""
    return shown.meant_for(trace.task, trace.text, meant)
