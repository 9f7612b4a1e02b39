"""Inside a memory, told: units over words, and one of them with its gates."""

from collections.abc import Mapping

import numpy as np

from playground.charts import followed_unit
from playground.drawing import Drawing, matrix, minus, percent
from playground.drawing.numbers import rounded
from playground.instrument import Shown, Table
from playground.next_word.inside.explain import Trace
from playground.reading.models import LANGUAGE_MODELS

SHOWN = 24  # units
ROW = 17  # pixels


def figures(trace: Trace) -> dict[str, Shown]:
    """The units that come first, and the one that is followed with its gates."""
    words = [token.strip() for token in trace.tokens]
    order = trace.order[:SHOWN].tolist()
    values = trace.memory[:, order].T  # (units, S)
    sums = formula(trace, words[-1])
    body = [
        [str(unit), *(f"{value:.6f}" for value in line)]
        for unit, line in zip(order, values.tolist(), strict=True)
    ]
    return {
        "memory": Shown(
            memory(values, order, words, trace.unit),
            moves(trace, words, len(order)),
            Table(["Unit", *words], body),
            sums,
        ),
        "unit": Shown(
            followed_unit(trace.values, words, shares(trace)),
            f"Unit {trace.unit}. {gates(trace, words)}",
            Table([f"Unit {trace.unit}", *words], rows({"value": trace.values} | shares(trace))),
            sums,
        ),
    }


def memory(values: np.ndarray, order: list[int], words: list[str], unit: int) -> Drawing:
    """Values (units, S), signed, a row for each unit of the order; each row can be picked."""
    return matrix(
        values,
        [f"unit {number}" for number in order],
        words,
        largest=max(1.0, float(np.abs(values).max(initial=0))),
        chosen=order.index(unit) if unit in order else None,
        fade=False,
        row_key=lambda row: str(order[row]),
        cell_key=lambda row, _: str(order[row]),
        row_height=ROW,
    )


def shares(trace: Trace) -> dict[str, np.ndarray]:
    """How open (S), 0..1, each gate of the followed unit was, and each gate over all units."""
    own = {name: gate[:, trace.unit] for name, gate in trace.gates.items()}
    return own | {f"{name}, all units": mean for name, mean in trace.mean_gates.items()}


def rows(lines: Mapping[str, np.ndarray]) -> list[list[str]]:
    """A row of exact numbers for each named line."""
    return [[name, *(f"{value:.6f}" for value in line.tolist())] for name, line in lines.items()]


def moves(trace: Trace, words: list[str], shown: int) -> str:
    """Where the followed unit moved most."""
    last = rounded(trace.values[-1], 2)
    told = f"{shown} of {trace.memory.shape[1]} units. Unit {trace.unit} ends at {last}"
    if len(words) < 2:
        return f"{told}."
    place = int(np.abs(trace.steps).argmax())
    moved = minus(f"{trace.steps[place]:+.2f}")
    return f"{told} and between words moves most at “{words[place + 1]}” ({moved})."


def gates(trace: Trace, words: list[str]) -> str:
    """Where memory is kept most and least, or that there are no gates."""
    kept = trace.kept
    if kept is None:
        model = LANGUAGE_MODELS[trace.model]
        return model.memory or f"{model.label} has no gates."
    most, least = int(kept.argmax()), int(kept.argmin())
    if most == least:
        return f"Over all units, {percent(kept[most])} of memory is kept at “{words[most]}”."
    return (
        f"Over all units, most memory is kept at “{words[most]}” ({percent(kept[most])}), "
        f"least at “{words[least]}” ({percent(kept[least])})."
    )


def formula(trace: Trace, word: str) -> list[str]:
    """How the followed unit got its last value from the one before it."""
    model, values = LANGUAGE_MODELS[trace.model], trace.values
    numbers: dict[str, str] = {}
    for name, sign in model.gates.items():
        share = float(trace.gates[name][-1, trace.unit])
        numbers |= {sign: f"{share:.4f}", f"1-{sign}": f"{1 - share:.4f}"}
    numbers |= {
        "unit": str(trace.unit),
        "word": word,
        "now": minus(f"{values[-1]:.4f}"),
        "before": minus(f"{values[-2]:.4f}") if len(values) > 1 else "memory after ⟨start⟩",
    }
    step = model.step.format_map(numbers)
    return [model.formula, step] if model.formula else [step]
