"""The texts that a person tried, as a tree that their browser keeps: nothing of it is stored here.

A text that was typed is a leaf that the next typed text replaces; one that was picked stays.
"""

import json
from dataclasses import dataclass

MOST = 30  # nodes
LONGEST = 1_800  # characters of JSON, so that a link can hold it


@dataclass(frozen=True)
class Tree:
    """Texts, each after its parent (-1: the root)."""

    parents: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()
    typed: bool = False  # the last text is a leaf that was typed

    def words(self) -> list[str]:
        """What each text adds to its parent's."""
        pairs = zip(self.parents, self.texts, strict=True)
        return [text[len(self.texts[p]) :].strip() if p >= 0 else text for p, text in pairs]

    def to_json(self) -> str:
        """What the browser keeps."""
        return json.dumps([self.parents, self.texts, self.typed], ensure_ascii=False)


def grown(tree: Tree, text: str, picked: str) -> tuple[Tree, int]:
    """The tree with the text in it, and its place; `picked`: the text that was picked last."""
    text = text.strip()
    if text in tree.texts:
        return tree, tree.texts.index(text)
    typed = text != picked.strip()
    if typed and tree.typed:
        tree = Tree(tree.parents[:-1], tree.texts[:-1])
    before = [node for node, one in enumerate(tree.texts) if begins(one, text, typed)]
    if before:
        parent = max(before, key=lambda node: len(tree.texts[node]))
        made = Tree((*tree.parents, parent), (*tree.texts, text), typed)
    elif tree.texts and begins(text, tree.texts[0], typed=True):
        moved = tuple(parent + 1 for parent in tree.parents)
        made = Tree((-1, *moved), (text, *tree.texts), False)
    else:
        made = Tree((-1,), (text,), typed)
    if len(made.texts) > MOST or len(made.to_json()) > LONGEST:
        made = Tree((-1,), (text,), typed)
    return made, made.texts.index(text)


def begins(one: str, text: str, typed: bool) -> bool:
    """Whether a text goes on from another, with a whole word if it was typed."""
    return text.startswith(one) and (not typed or not text[len(one)].isalnum())


def parsed(kept: str) -> Tree:
    """A tree out of what a browser kept; an empty one, if that is none."""
    try:
        parents, texts, typed = json.loads(kept)
        tree = Tree(tuple(parents), tuple(texts), typed is True)
    except (ValueError, TypeError, RecursionError):
        return Tree()
    return tree if sound(tree) else Tree()


def sound(tree: Tree) -> bool:
    """Whether every text stands after its parent and goes on from it."""
    return 0 < len(tree.texts) == len(tree.parents) <= MOST and all(
        isinstance(text, str)
        and type(parent) is int
        and (parent == -1 if node == 0 else 0 <= parent < node)
        and (node == 0 or text.startswith(tree.texts[parent]))
        for node, (parent, text) in enumerate(zip(tree.parents, tree.texts, strict=True))
    )
