"""What the Next word tab's figures show, each in a sentence or two."""

from collections.abc import Mapping, Sequence

import numpy as np

from playground.plots.figure import percent


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
