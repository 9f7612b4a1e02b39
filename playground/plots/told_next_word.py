"""What the Next word tab's figures show, each in a sentence or two."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.plots.figure import minus, percent


def surprise(
    words: Sequence[str], bits: np.ndarray, known: Sequence[bool], perplexity: float, ended: float
) -> str:
    """The most surprising known word, the perplexities, and what an unknown word is."""
    told = f"Perplexity {perplexity:.3g} so far, {ended:.3g} if the text ended here."
    if any(known):
        place = int(np.where(known, bits, -1).argmax())
        told = f"Most surprising: “{words[place].strip()}”, {bits[place]:.1f} bits. {told}"
    strange = [
        f"“{word.strip()}”" for word, is_known in zip(words, known, strict=True) if not is_known
    ]
    if strange:
        told += (
            f" Framed in grey, with “?”: {', '.join(dict.fromkeys(strange))}, not in the "
            "vocabulary, read as ⟨unknown⟩; its bits are those of any such word."
        )
    return told


def likeliest(words: Sequence[str], probabilities: np.ndarray, entropy_bits: float) -> str:
    """The three likeliest words, and how open the choice is."""
    told = [f"“{w}” {percent(p)}" for w, p in zip(words[:3], probabilities[:3], strict=True)]
    return (
        f"Likeliest next: {', '.join(told)}. Entropy {entropy_bits:.1f} bits: as open as a choice "
        f"between {2**entropy_bits:.3g} equally likely words. Choose a word to add it."
    )


def branches(texts: Sequence[str], current: int) -> str:
    """How many texts were tried, and which one is read."""
    count = "1 text" if len(texts) == 1 else f"{len(texts)} texts"
    return f"{count} in this tree; you are at “{texts[current]}”. Choose one to return to it."


def choice(
    chosen: tuple[str, float, int], kept: tuple[int, int], rules: Mapping[str, float]
) -> str:
    """The word drawn with its probability and place, what each rule leaves, and the seed."""
    word, probability, place = chosen
    if rules["temperature"] == 0:
        return f"Temperature 0 leaves no chance: always the likeliest word, “{word}”."
    return (
        f"Seed {rules['seed']} draws “{word}”, likeliest number {place:,}, which had "
        f"{percent(probability)} in the end. Top k = {rules['top_k']} leaves {kept[0]:,} words of "
        f"the vocabulary, top p = {rules['top_p']:g} then leaves {kept[1]:,}."
    )


def inside(words: Sequence[str], values: np.ndarray, unit: int, units: int, shown: int) -> str:
    """Where the followed unit moved most."""
    told = f"{shown} of {units} units. Unit {unit} ends at {minus(f'{values[-1]:.2f}')}"
    if len(values) < 2:
        return f"{told}."
    steps = np.diff(values)
    place = int(np.abs(steps).argmax())
    moved = minus(f"{steps[place]:+.2f}")
    return f"{told} and moves most at “{words[place + 1].strip()}” ({moved})."


def gates(words: Sequence[str], kept: np.ndarray | None, model: str) -> str:
    """Where memory is kept most and least, or that there are no gates."""
    if kept is None:
        if model == "transformer":
            return "The Transformer has no gates: it overwrites nothing, it keeps every word."
        return "A plain RNN has no gates: every word rewrites its whole memory."
    most, least = int(kept.argmax()), int(kept.argmin())
    return (
        f"Over all units, most memory is kept at “{words[most].strip()}” ({percent(kept[most])}), "
        f"least at “{words[least].strip()}” ({percent(kept[least])})."
    )


def look_back(
    words: Sequence[str],
    predicted: tuple[str, float],
    values: tuple[np.ndarray, np.ndarray],
    agreement: tuple[float | None, int | None],
) -> str:
    """The strongest word by each way of asking, and whether the two agree."""
    gradient, left_out = values
    steep, missed = int(np.abs(gradient).argmax()), int(np.abs(left_out).argmax())
    told = (
        f"“{predicted[0]}” has {percent(predicted[1])}. By gradient × input it rests most on "
        f"“{words[steep].strip()}” ({bits(gradient[steep])}), by leaving out on "
        f"“{words[missed].strip()}” ({bits(left_out[missed])})."
    )
    correlation, apart = agreement
    if correlation is None or apart is None:
        return told
    verb = "agree" if correlation > 0.5 else "hardly agree" if correlation > 0 else "disagree"
    return (
        f"{told} The two rankings {verb} (Spearman {minus(f'{correlation:.2f}')}), least about "
        f"“{words[apart].strip()}”."
    )


def bits(value: float) -> str:
    """A signed number of bits."""
    return minus(f"{value:+.1f} bits")


def surgery(
    operation: str,
    divergence_bits: float,
    entropy: tuple[float, float],
    perplexity: tuple[float | None, float | None],
) -> str:
    """What an operation does to the next word and to the rest of the text."""
    told = (
        f"{operation}: the prediction moves by {divergence_bits:.2g} bits (KL divergence); its "
        f"entropy goes from {entropy[0]:.1f} to {entropy[1]:.1f} bits."
    )
    if perplexity[0] is None or perplexity[1] is None:
        return f"{told} No word of the text is read after it."
    return f"{told} Perplexity of the rest: {perplexity[0]:.3g} before, {perplexity[1]:.3g} after."


def four(models: Mapping[str, tuple[Sequence[str], np.ndarray, float]]) -> str:
    """Each model's likeliest word (no ⟨mark⟩) with its probability, and its perplexity."""
    told = []
    for name, (words, probabilities, perplexity) in models.items():
        real = [place for place, word in enumerate(words) if not word.startswith("⟨")]
        best = real[0] if real else 0
        told.append(
            f"{name} expects “{words[best]}” ({percent(probabilities[best])}; perplexity so far "
            f"{perplexity:.3g})"
        )
    return "; ".join(told) + "."


def curves(series: Mapping[str, Sequence[tuple[int | None, float]]]) -> str:
    """What each model gains from all words over one, and where it is best if that is elsewhere."""
    if not series:
        return "The memory curves have not been measured for these weights yet."
    told = [
        f"{name}: {curve[0][1]:.3g} with {curve[0][0]} word of context, {curve[-1][1]:.3g} with "
        f"{'all' if curve[-1][0] is None else curve[-1][0]}{turning(curve)}"
        for name, curve in series.items()
    ]
    return f"Perplexity on test text, {'; '.join(told)}."


def turning(curve: Sequence[tuple[int | None, float]]) -> str:
    """Where a model is best, if more words make it worse again."""
    context, least = min(curve, key=lambda point: point[1])
    return "" if least == curve[-1][1] else f" (best, {least:.3g}, with {context})"


def turn(position: int, count: int, tries: Sequence[str], last: str) -> str:
    """Which word is asked for, and what was wrong so far; `last`: what the guess before found."""
    told = f"Word {position + 1} of {count}."
    if tries:
        told += f" Not {', '.join(f'“{word}”' for word in tries)}."
    return f"{last} {told}".strip()


def found(word: str, number: int) -> str:
    """A word that was found."""
    return f"“{word}” is right, at guess {number}."


def over(person: tuple[float, float], best: tuple[str, float, float]) -> str:
    """The end of a game: a person's accuracy and bound (bits), and those of the best model."""
    name, accuracy, bound = best
    return (
        f"You found {percent(person[0])} at the first guess, the best of the models ({name}) "
        f"{percent(accuracy)}. Your guess numbers bound the entropy at {person[1]:.1f} bits a "
        f"word, that model's at {bound:.1f}."
    )
