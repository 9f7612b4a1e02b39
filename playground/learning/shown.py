"""A film, drawn and told: what it answers, where it looks, how sure it is, how far it has come."""

from collections.abc import Callable

from playground.charts import Chart, curves
from playground.drawing import (
    Drawing,
    Texts,
    bars,
    beside,
    boxes,
    brief,
    maps,
    matrix,
    percent,
    pick_row,
    stacked,
)
from playground.drawing.matrix import matrix_table
from playground.instrument import Shown, Table
from playground.learning.asking import Moment
from playground.learning.filming import Filmed, Trace
from playground.learning.lengths import Stretch

GUESSING = "mere guessing"
MAP = 84  # pixels
MOST = 40  # letters of an answer
NARROW = 560  # pixels of each of two models
PERCENT = (0.0, 100.0)
COLOURS = ("accent", "negative", "neutral")


def figures(trace: Trace) -> dict[str, Shown]:
    """The film, the curves, how sure it was, samples, and what else one may ask."""
    return {
        "film": film(trace),
        "exact": exact(trace),
        "loss": loss(trace),
        "lengths": lengths(trace),
        "film-sure": sure(trace),
        "samples": samples(trace),
        "try": to_try(trace),
    }


def film(trace: Trace) -> Shown:
    """Its answer and where it looked for each letter of it, at the stage and at all others."""
    pictures = [scene(run, bool(trace.right)) for run in trace.runs]
    run = trace.runs[0]
    if run.weights is None:
        table = Table(["after steps", "answer"], [list(pair) for pair in zip(
            map(str, run.stages), run.answers, strict=True)])  # fmt: skip
    else:
        table = Table(*matrix_table(run.weights[run.stage - 1], run.target, run.source))
    picture = pictures[0] if len(pictures) == 1 else beside(pictures)
    return Shown(picture, " ".join(told(trace, run) for run in trace.runs), table, formula(trace))


def scene(run: Filmed, right: bool) -> Drawing:
    """One model at its stage, under a strip of all stages. right: whether there is an answer."""
    stage = run.stage - 1
    title = f"{run.name}, {run.parameters:,} parameters"
    numbers = [str(number) for number in range(1, len(run.stages) + 1)]
    head = pick_row(f"{title}, stage", numbers, numbers, stage)
    writes = pick_row("it writes", [run.answer or "nothing"], [""], most=MOST)
    along = "the right answer" if right else "what it answers in the end"
    what = "how sure it is" if run.weights is None else "where it looks"
    led = pick_row(f"{what}, led along {along}", [], [])
    sure = run.sure[stage]
    said = boxes(
        run.target, sure, [percent(one) for one in sure], width=NARROW, colours="accent",
        titles=[f"P({w}) = {p:.6f}" for w, p in zip(run.target, sure, strict=True)],
        letters="target", least=36,
    )  # fmt: skip
    if run.weights is None:
        return stacked([head, writes, led, said])
    strip = maps(
        run.weights[None], (0, stage), names=("", "stage"), side=MAP,
        titles=lambda _, place: f"after {run.stages[place]:,} steps: {run.answers[place]}",
        key=lambda _, place: str(place + 1),
    )  # fmt: skip
    look = matrix(
        run.weights[stage], run.target, run.source, letters=("target", "source"),
        row_key=lambda _: "", cell_key=lambda _, __: "",
    )  # fmt: skip
    name = pick_row(title, [], [])
    return stacked([name, strip, writes, led, look])


def told(trace: Trace, run: Filmed) -> str:
    """What a model answers at its stage, and how often it is right."""
    step = run.stages[run.stage - 1]
    when = "Untrained" if step == 0 else f"After {step:,} of {run.steps:,} steps"
    looks = "" if run.weights is not None else " It has one vector for the whole text."
    return (
        f"{when}, the {run.name} answers “{run.answer}” to “{trace.text}”: "
        f"{verdict(trace, run.answer)}. Of {trace.unseen} unseen examples it answers "
        f"{percent(run.reached.exact)} without a fault.{looks}"
    )


def verdict(trace: Trace, answer: str) -> str:
    """Whether an answer is right."""
    if not trace.right:
        return "this task's rule knows no answer to it"
    return "right" if answer == trace.right else f"wrong, “{trace.right}” is right"


def formula(trace: Trace) -> list[str]:
    """How likely each model holds the whole answer."""
    lines = []
    for run in trace.runs:
        shares = run.sure[run.stage - 1]
        product = " × ".join(f"{share:.3f}" for share in shares)
        lines.append(f"{run.name}: P({' '.join(run.target)}) = {product} = {shares.prod():.4f}")
    return lines


def exact(trace: Trace) -> Shown:
    """How many unseen examples are answered without any fault, as training goes on."""
    share = curve(trace, lambda moment: 100 * moment.exact, "% right", whole=PERCENT)
    parts = [
        f"the {run.name} {percent(run.moments[-1].exact)}, after {run.moments[-1].step:,} steps"
        for run in trace.runs
    ]
    sentence = f"Unseen examples without a fault: {'; '.join(parts)}."
    return Shown(share, sentence, history(trace), ["exact = answers without a fault / all"])


def loss(trace: Trace) -> Shown:
    """How surprised each model is by the right answers, beside mere guessing."""
    chart = curve(trace, lambda moment: moment.loss_bits, "bits a token", trace.guessing_bits)
    parts = [f"the {run.name} {brief(run.moments[-1].loss_bits)}" for run in trace.runs]
    sentence = (
        f"Bits a token of unseen answers: {'; '.join(parts)}; whoever only knows how frequent each "
        f"token is pays {brief(trace.guessing_bits)}."
    )
    return Shown(
        chart, sentence, history(trace), ["loss = mean of −log₂ P(token | those before, the text)"]
    )


def lengths(trace: Trace) -> Shown:
    """How many short and how many long examples are answered without any fault, at the stage."""
    series = {
        run.name: [(one.middle, 100 * one.share) for one in run.lengths] for run in trace.runs
    }
    titles = {
        run.name: [f"{run.name}: {letters(one)} characters, {one.right} of {one.examples} right"
                   for one in run.lengths]
        for run in trace.runs
    }  # fmt: skip
    ticks = {one.middle: letters(one) for one in trace.runs[0].lengths}
    chart = curves(series, "characters of what it reads", "% right", x_ticks=ticks, y_whole=PERCENT,
                   colours=COLOURS, titles=titles, height=260)  # fmt: skip
    rows = [
        [run.name, letters(one), str(one.right), str(one.examples)]
        for run in trace.runs for one in run.lengths
    ]  # fmt: skip
    table = Table(["model", "characters", "right", "examples"], rows)
    formula = ["share = examples of a length without a fault / examples of that length"]
    return Shown(chart, longer(trace), table, formula)


def letters(stretch: Stretch) -> str:
    """The lengths of a stretch: "3–4"."""
    one = stretch.shortest == stretch.longest
    return str(stretch.longest) if one else f"{stretch.shortest}–{stretch.longest}"


def longer(trace: Trace) -> str:
    """Whether longer is harder for each model, and why for one without attention."""
    parts = []
    for run in trace.runs:
        first, last = run.lengths[0], run.lengths[-1]
        short = f"the {run.name} {percent(first.share)} of those of {letters(first)} characters"
        more = f" and {percent(last.share)} of those of {letters(last)}"
        parts.append(short + more * (first != last))
    why = (
        " Without attention one vector holds the whole text, however long it is."
        if any(run.weights is None for run in trace.runs)
        else ""
    )
    return f"Unseen texts answered without a fault at this stage: {'; '.join(parts)}.{why}"


def curve(
    trace: Trace,
    value: Callable[[Moment], float],
    y_title: str,
    guessing: float | None = None,
    whole: tuple[float, float] | None = None,
) -> Chart:
    """A line for each model; picking a point goes to the stage that is nearest."""
    series = {
        run.name: [(float(moment.step), value(moment)) for moment in run.moments]
        for run in trace.runs
    }
    keys = {
        run.name: [str(nearest(run, moment.step)) for moment in run.moments] for run in trace.runs
    }
    if guessing is not None:
        last = max(points[-1][0] for points in series.values())
        series[GUESSING] = [(0.0, guessing), (last, guessing)]
        keys[GUESSING] = ["", ""]
    return curves(
        series, "steps", y_title,
        y_whole=whole, colours=COLOURS, keys=keys, dots=False, height=260,
    )  # fmt: skip


def nearest(run: Filmed, step: int) -> int:
    """The stage, from 1, that is nearest to a step."""
    return 1 + min(range(len(run.stages)), key=lambda place: abs(run.stages[place] - step))


def history(trace: Trace) -> Table:
    """Every moment of every model."""
    headers = ["model", "steps", "bits a token", "right", "attention on the right place"]
    body = [
        [run.name, str(one.step), f"{one.loss_bits:.6f}", f"{one.exact:.6f}",
         "" if one.placed is None else f"{one.placed:.6f}"]
        for run in trace.runs for one in run.moments
    ]  # fmt: skip
    return Table(headers, body)


def meant_for(task: str, text: str, meant: str) -> dict[str, str]:
    """What the page keeps; what a person is typing stays as it is, but for another task."""
    return {"meant": task} | ({"text": text} if meant and meant != task else {})


def sure(trace: Trace) -> Shown:
    """The probability of each token of the right answer, at every stage."""
    pictures = []
    for run in trace.runs:
        rows = [f"after {step:,}" for step in run.stages]
        pictures.append(matrix(
            run.sure, rows, run.target, letters=("", "target"), chosen=run.stage - 1, fade=False,
            row_key=lambda row: str(row + 1),
        ))  # fmt: skip
    run = trace.runs[0]
    what = "the right answer" if trace.right else "what it answers in the end"
    when = "; ".join(
        (f"{one.name}: " if len(trace.runs) > 1 else "") + first_sure(one) for one in trace.runs
    )
    sentence = (
        f"A row is a stage, a column a token of {what}; the fuller, the surer. Every token has "
        f"more than half of the probability {when}."
    )
    headers, body = matrix_table(run.sure, [f"after {step}" for step in run.stages], run.target)
    picture = pictures[0] if len(pictures) == 1 else beside(pictures)
    return Shown(picture, sentence, Table(headers, body), formula(trace))


def first_sure(run: Filmed) -> str:
    """When every token first had more than half of the probability."""
    first = next((step for step, row in zip(run.stages, run.sure, strict=True)
                  if row.min() > 0.5), None)  # fmt: skip
    return f"first after {first:,} steps" if first is not None else "at no stage"


def samples(trace: Trace) -> Shown:
    """What it writes for examples that it was never trained on; wrong ones are coloured."""
    run = trace.runs[0]
    columns = []
    for one in trace.runs:
        said = [answer for _, answer, _ in one.samples]
        good = [answer == right for _, answer, right in one.samples]
        texts = [("✓ " if ok else "✗ ") + text for ok, text in zip(good, said, strict=True)]
        columns.append(
            Texts(texts, f"{one.name} writes", ["" if ok else "negative" for ok in good],
                  anchor="start")
        )  # fmt: skip
    columns.append(Texts([right for _, _, right in run.samples], "right is", anchor="start"))
    words = [source for source, _, _ in run.samples]
    picture = bars(words, columns, colours="source", most=40)
    parts = [
        f"the {one.name} {sum(said == right for _, said, right in one.samples)}"
        for one in trace.runs
    ]
    sentence = f"Of these {len(words)} unseen examples are right: {'; '.join(parts)}."
    body = [
        [source, *(one.samples[place][1] for one in trace.runs), right]
        for place, (source, _, right) in enumerate(run.samples)
    ]
    table = Table(["reads", *(one.name for one in trace.runs), "right"], body)
    return Shown(picture, sentence, table)


def to_try(trace: Trace) -> Shown:
    """Texts to ask, and odd ones, unlike what was trained on."""
    rows = [pick_row("like those it learnt from", trace.examples, trace.examples)]
    if trace.probes:
        rows.append(pick_row("unlike them", trace.probes, trace.probes))
    body = [[text, "example"] for text in trace.examples]
    body += [[text, "odd one"] for text in trace.probes]
    sentence = f"{trace.question} Pick one, or type your own above."
    return Shown(stacked(rows), sentence, Table(["text", "kind"], body))
