"""Building and training: the plan of what was chosen, and the training itself, as it runs.

parameters = sum over all matrices of rows x columns, shared ones once
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from playground.learning.course import Training
from playground.learning.filming import Trace, film, names
from playground.learning.lane import Lane, Ticket
from playground.learning.plan import Plan
from playground.learning.recommended import fastest
from playground.learning.shared import MODEL, NOBODY, SAME_KIND, TASK, TEXT
from playground.learning.tasks import OWN, task_of
from playground.learning.train import (
    BATCH,
    EXAMPLES,
    HEADS,
    LAYERS,
    ONE_HEAD,
    PAIRS,
    POSITIONS,
    RATE,
    RIVAL,
    SAME,
    SEED,
    STEPS,
    WIDTH,
)
from playground.learning.training import tokenizer_of, untrained
from playground.reading.plain import fields
from playground.reading.text import legible
from seq_models.normalise import normalise
from seq_models.seq2seq import Seq2Seq

STAGES = 12  # states that a live training keeps, evenly in the logarithm of its steps
MOST_STAGES = 40  # with those of single steps
SLICE = 0.3  # seconds of training between two answers
OUT = {
    "encoder.embedding": ("word vectors", "(B, S, width)"),
    "encoder.rnn": ("encoder: a GRU in each direction", "(B, S, width)"),
    "encoder.layers": ("encoder: self-attention, feed-forward", "(B, S, width)"),
    "decoder.embedding": ("word vectors of the answer", "(B, T, width)"),
    "decoder.attention": ("attention", "(B, 1, width), weights (B, S)"),
    "decoder.first": ("first memory, from the source", "(B, width)"),
    "decoder.cell": ("decoder: a GRU", "(B, width), step by step"),
    "decoder.rnn": ("decoder: a GRU", "(B, T, width)"),
    "decoder.layers": ("decoder: self- and cross-attention", "(B, T, width)"),
    "decoder.out": ("what it will say", "(B, T, width)"),
    "decoder.fc_out": ("a score for each token", "(B, T, vocabulary)"),
}
"""What each part is, and the shape of what it hands on."""


@dataclass(frozen=True)
class Model:
    """A model's parts."""

    name: str
    plan: Plan
    parts: list[str]
    shapes: list[str]
    parameters: list[int]  # of each part; shared ones once
    total: int


@dataclass(frozen=True)
class Parts:
    """What was chosen."""

    task: str
    question: str
    text: str
    vocabulary: int  # tokens, four marks among them
    unseen: int  # examples that are kept back
    models: list[Model]
    notes: tuple[str, ...] = ()  # why there is no race

    def to_json(self) -> dict[str, Any]:
        """The endpoint's answer."""
        return fields(self)


def explain(
    text: str,
    task: str = TASK.default,
    model: str = MODEL.default,
    examples: str = EXAMPLES.default,
    rival: str = RIVAL.default,
    width: str = WIDTH.default,
    layers: int = LAYERS.default,
    heads: int = HEADS.default,
    rate: str = RATE.default,
    batch: int = BATCH.default,
    steps: int = STEPS.default,
    seed: int = SEED.default,
    positions: bool = POSITIONS.default,
    pairs: str = PAIRS.default,
    meant: str = "",
) -> Parts:
    """The plan of a training: the model's parts, their shapes and parameters.

    Args:
        text: what it is asked meanwhile; without one, the task's own example.
        task: "backwards", "numbers", "dates" or "phrases".
        model: "summary" (an RNN without attention), "attention" or "transformer".
        examples: "same" (of the task), "english_numbers", "numbers_back" or "own".
        rival: another kind of model, "one_head" (the same with one), or "nobody".
        width: "16", "32", "64" or "96", of vectors and memories.
        layers: 1 to 3, of the encoder, and of a Transformer's decoder.
        heads: 1 to 8, of a Transformer.
        rate: the highest learning rate, "0.001", "0.01" or "0.1", or "recommended".
        batch: examples a step, 8 to 128.
        steps: 1 to 3,000; 0 is as many as are recommended.
        seed: the same seed gives the same curves.
        positions: false leaves them out of a Transformer.
        pairs: for "own", 20 to 500 lines, a tab between both parts.
        meant: the task that the text was meant for; that of another is asked its own example.

    Returns:
        vocabulary (tokens), unseen (examples kept back); models, one or two: plan, parts, shapes,
        parameters of each part and their total.

    Raises ValueError, in a sentence, for what cannot be.
    """
    chosen = plans(task, model, examples, rival, width, layers, heads, rate, batch, steps, seed,
                   positions, pairs)  # fmt: skip
    what = task_of(chosen[0].task, chosen[0].pairs)
    size = tokenizer_of(what).vocab_size
    built = [(plan, untrained(plan, size)) for plan in chosen]
    asked = legible(TEXT.check(text)).strip()
    return Parts(
        task=what.name,
        question=what.question,
        text=what.examples[0] if not asked or (meant and meant != what.name) else asked,
        vocabulary=size,
        unseen=len(what.unseen),
        models=[
            parts(plan, network, name)
            for (plan, network), name in zip(built, names(chosen), strict=True)
        ],
        notes=alone(chosen[0], rival) if len(chosen) == 1 else (),
    )


def alone(plan: Plan, rival: str) -> tuple[str, ...]:
    """Why a model races nobody, if a race was asked for."""
    if rival == NOBODY:
        return ()
    if rival != ONE_HEAD:
        return (SAME_KIND,)
    if plan.kind != "transformer":
        return ("Only a Transformer has heads, so it learns alone.",)
    return ("It has one head as it is, so it learns alone.",)


def plans(
    task: str, model: str, examples: str, rival: str, width: str, layers: int, heads: int,
    rate: str, batch: int, steps: int, seed: int, positions: bool, pairs: str,
) -> list[Plan]:  # fmt: skip
    """What was chosen as one plan, or as two in a race. Raises ValueError as `explain` does."""
    name = TASK.check(task) if EXAMPLES.check(examples) == SAME else examples
    if name == OWN and not PAIRS.check(pairs).strip():
        raise ValueError("There are no pairs of your own yet; please type or drop 20 to 500.")
    kinds = [MODEL.check(model)]
    if RIVAL.check(rival) not in (NOBODY, ONE_HEAD, model):
        kinds.append(rival)
    found = []
    for kind in kinds:
        fast = fastest(name, kind)
        found.append(Plan(
            task=name, kind=kind, width=int(WIDTH.check(width)), layers=LAYERS.check(layers),
            heads=HEADS.check(heads), positions=POSITIONS.check(positions),
            rate=fast.rate if RATE.check(rate) == RATE.default else float(rate),
            batch=BATCH.check(batch), steps=STEPS.check(steps) or fast.steps,
            seed=SEED.check(seed), pairs=pairs if name == OWN else "",
        ))  # fmt: skip
    if rival == ONE_HEAD and model == "transformer" and heads > 1:
        found.append(replace(found[0], heads=1))
    longest = max(plan.steps for plan in found)
    return [replace(plan, steps=longest) for plan in found]


def parts(plan: Plan, network: Seq2Seq, name: str) -> Model:
    """The parts of a model, in the order of its sides."""
    seen: set[int] = set()
    rows: list[tuple[str, str, int]] = []
    for side in ("encoder", "decoder"):
        for child, module in getattr(network, side).named_children():
            fresh = [one for one in module.parameters() if id(one) not in seen]
            seen |= {id(one) for one in fresh}
            if f"{side}.{child}" in OUT and (fresh or child == "fc_out"):
                what, shape = OUT[f"{side}.{child}"]
                rows.append((what, shape, sum(one.numel() for one in fresh)))
    return Model(
        name=name,
        plan=plan,
        parts=[what for what, _, _ in rows],
        shapes=[shape for _, shape, _ in rows],
        parameters=[count for _, _, count in rows],
        total=sum(one.numel() for one in network.parameters()),
    )


def askable(text: str) -> bool:
    """Whether a model can be asked that: there is something in it to read."""
    try:
        return bool(normalise(legible(text)).text)
    except ValueError:
        return False


@dataclass(frozen=True)
class Live:
    """A training at one moment of its life."""

    trainings: Sequence[Training]
    trace: Trace | None  # where there is anything new to see
    waits: int  # place in the queue, 0 where it has its turn

    @property
    def done(self) -> bool:
        """Whether all steps are made."""
        return all(training.done for training in self.trainings)


def live(
    chosen: Sequence[Plan], ticket: Ticket, lane: Lane, give_way: Callable[[], None]
) -> Iterator[Live]:
    """Train while the lane lets it; yields often, until the ticket is gone.

    Two plans make a race: each step of one is followed by a step of the other on the same batch.
    give_way: called before each step; waits while others are served first.
    """
    trainings = [Training(plan, STAGES) for plan in chosen]
    shown: object = None
    while not ticket.gone:
        waits = lane.turn(ticket)
        if ticket.gone:
            return
        if ticket.wants and not waits:
            lane.spend(ticket, advance(trainings, ticket, give_way))
            ticket.done = ticket.done or all(training.done for training in trainings)
        courses = [training.course for training in trainings]
        asked = str(ticket.asked.get("text", "")), ticket.asked.get("stage")
        new = asked, [(len(course.moments), len(course.states)) for course in courses]
        trace = None
        if new != shown:
            shown, last = new, max(len(course.states) for course in courses)
            trace = film(courses, asked[0], int(asked[1] or last))
        yield Live(trainings, trace, waits)


def advance(trainings: Sequence[Training], ticket: Ticket, give_way: Callable[[], None]) -> float:
    """Some steps of each training: a slice of time, or one step where that was asked for.

    Returns the seconds that they took, without those of giving way.
    """
    single, ticket.single = ticket.single, False
    took, until = 0.0, time.monotonic() + SLICE
    while not all(training.done for training in trainings):
        give_way()
        started = time.monotonic()
        for training in trainings:
            if not training.done:
                training.advance()
                full = len(training.course.states) >= MOST_STAGES
                training.remember(always=single and not full)
        took += time.monotonic() - started
        if single or time.monotonic() > until:
            break
    return took
