"""The film of a real translator, drawn and told."""

import numpy as np

from playground.charts import curves
from playground.drawing import Texts, bars, brief, matrix, percent, pick_row, stacked
from playground.drawing.matrix import matrix_table
from playground.drawing.sentences import counted
from playground.instrument import Shown, Table
from playground.learning.films import Scene, Sentence
from playground.learning.real_translators.explain import Trace

MOST = 16  # rows of attention: an untrained model writes on and on
LONGEST = 48  # letters of a translation
WIDE = 540  # pixels, beside another figure
EVERY = 6  # one tick for so many moments
ROW = 22  # pixels


def figures(trace: Trace) -> dict[str, Shown]:
    """What it wrote, where it looked, how good and how sure it was."""
    return {
        "became": became(trace),
        "looked": looked(trace),
        "bleu": bleu(trace),
        "certain": certain(trace),
    }


def here(trace: Trace) -> tuple[Scene, Sentence]:
    """The scene, and the sentence in it, that are looked at."""
    scene = trace.scenes[trace.moment - 1]
    return scene, scene.sentences[trace.sentence - 1]


def asked(trace: Trace) -> list[Sentence]:
    """The sentence at each moment."""
    return [scene.sentences[trace.sentence - 1] for scene in trace.scenes]


def became(trace: Trace) -> Shown:
    """The translation at each moment; the first that is right is told."""
    french, known = trace.sentences[trace.sentence - 1]
    texts = [one.translation for one in asked(trace)]
    steps = [f"{scene.step:,}" for scene in trace.scenes]
    right = [text == known for text in texts]
    shown = [("✓ " if ok else "") + shortened(text) for ok, text in zip(right, texts, strict=True)]
    rows = bars(
        steps, [Texts(shown, "it wrote, after so many steps", "target", texts, "start")],
        keys=[f"m{number}" for number in range(1, len(steps) + 1)], colours="neutral",
        framed=trace.moment - 1, strong=[trace.moment - 1], row=ROW,
    )  # fmt: skip
    choice = pick_row(
        "", [source for source, _ in trace.sentences],
        [f"s{number}" for number in range(1, len(trace.sentences) + 1)],
        trace.sentence - 1, letters="source", most=LONGEST, width=WIDE,
    )  # fmt: skip
    scene, sentence = here(trace)
    first = next((scene.step for scene, ok in zip(trace.scenes, right, strict=True) if ok), None)
    when = (
        f"“{known}”, the known translation, it wrote first after {first:,} steps"
        if first is not None
        else f"“{known}”, the known translation, it wrote at none of these moments"
    )
    told = (
        f"After {scene.step:,} of {trace.steps:,} steps the {trace.name} with "
        f"{trace.parameters:,} parameters wrote “{shortened(sentence.translation)}” for "
        f"“{french}”. {when}."
    )
    body = [list(row) for row in zip(steps, texts, strict=True)]
    formula = [f"ln P(“{shortened(sentence.translation)}”) = {sentence.log_probability:.3f} nats"]
    return Shown(
        stacked([choice, rows]), told, Table(["after steps", "translation"], body), formula
    )


def shortened(text: str) -> str:
    """A translation as long as there is room for it."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def looked(trace: Trace) -> Shown:
    """Where it looked for each piece that it wrote."""
    scene, sentence = here(trace)
    weights, written = sentence.weights[:MOST], sentence.written[:MOST]
    picture = matrix(
        weights, written, sentence.source, letters=("target", "source"), row_key=lambda _: "",
        cell_key=lambda _, __: "",
    )  # fmt: skip
    more = len(sentence.written) - len(written)
    rest = f" It went on for {counted(more, 'piece')} more." if more else ""
    most = int(weights[0].argmax())
    told = (
        f"After {scene.step:,} steps: a row for each piece that it wrote, the fuller, the more it "
        f"looked there. For “{written[0]}” it looked most at “{sentence.source[most]}”, with "
        f"{percent(weights[0, most])} of its attention.{rest}"
    )
    headers, body = matrix_table(weights, written, sentence.source)
    return Shown(picture, told, Table(headers, body))


def bleu(trace: Trace) -> Shown:
    """BLEU at each moment."""
    scores = [scene.bleu for scene in trace.scenes]
    points = [(float(number), score) for number, score in enumerate(scores, start=1)]
    steps = [scene.step for scene in trace.scenes]
    ticks = {float(n + 1): f"{step:,}" for n, step in enumerate(steps) if n % EVERY == EVERY - 1}
    chart = curves(
        {"BLEU": points}, "steps", "BLEU", x_ticks=ticks, height=300,
        keys={"BLEU": [str(number) for number in range(1, len(points) + 1)]},
        titles={"BLEU": [f"after {step:,} steps: {score:.2f}"
                         for step, score in zip(steps, scores, strict=True)]},
    )  # fmt: skip
    scene, _ = here(trace)
    half = next(step for step, score in zip(steps, scores, strict=True) if score >= scores[-1] / 2)
    told = (
        f"After {scene.step:,} steps it had {brief(scene.bleu)} BLEU, in the end "
        f"{brief(scores[-1])}; half of that it had after {half:,} of the {trace.steps:,} steps, "
        f"trained on {trace.pairs:,} pairs of sentences."
    )
    body = [[str(step), f"{score:.2f}"] for step, score in zip(steps, scores, strict=True)]
    return Shown(chart, told, Table(["steps", "BLEU"], body))


def certain(trace: Trace) -> Shown:
    """The probability of each piece of the known translation at each moment."""
    sentences, scene = asked(trace), here(trace)[0]
    known = sentences[0].known
    shares = [one.known_probabilities for one in sentences]
    rows = [f"{scene.step:,}" for scene in trace.scenes]
    picture = matrix(
        np.stack(shares), rows, known, letters=("", "target"), chosen=trace.moment - 1, fade=False,
        row_key=lambda row: str(row + 1), row_height=ROW,
    )  # fmt: skip
    now = shares[trace.moment - 1]
    least = int(now.argmin())
    told = (
        f"A row is a moment, after so many steps. After {scene.step:,} it gave least to "
        f"“{known[least]}”, {percent(float(now[least]))}, and the whole translation "
        f"{percent(float(now.prod()))}."
    )
    product = " × ".join(f"{share:.3f}" for share in now)
    headers, body = matrix_table(np.stack(shares), rows, known)
    formula = [f"P({' '.join(known)}) = {product} = {now.prod():.6f}"]
    return Shown(picture, told, Table(headers, body), formula)
