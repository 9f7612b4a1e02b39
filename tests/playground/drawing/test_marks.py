"""Marks as JSON and as SVG, and drawings put together."""

import base64
import json
from xml.etree import ElementTree

import numpy as np
import pytest

from playground import theme
from playground.drawing import Box, Drawing, Path, Raster, Word, beside, stacked
from playground.drawing.layout import room
from playground.drawing.marks import LEVELS

SVG = "{http://www.w3.org/2000/svg}"
ONE = Drawing(100, 40, [Box(0, 0, 10, 10, key="a"), Path([(1, 2), (3, 4)]), Word(5, 5, "x")])
TWO = Drawing(60, 20, [Raster(0, 0, 20, 20, np.array([[0.0, 1.0, -1.0]]))])


def test_json_holds_only_what_says_something() -> None:
    told = Drawing(9.6, 20, [Box(0, 1.23456, 2, 3, title="t")]).to_json()
    assert told["kind"] == "drawing"
    assert (told["width"], told["height"]) == (10, 20)
    (box,) = told["marks"]
    assert box == {"kind": "box", "y": 1.235, "width": 2, "height": 3, "colour": "accent",
                   "opacity": 1.0, "title": "t"}  # fmt: skip


def test_a_small_map_is_one_mark_with_a_byte_a_value() -> None:
    (told,) = TWO.to_json()["marks"]
    levels = np.frombuffer(base64.b64decode(told["values"]), np.int8)
    assert (told["rows"], told["columns"]) == (1, 3)
    assert levels.tolist() == [round(LEVELS * theme.FAINTEST), LEVELS, -LEVELS]


def test_drawings_stand_under_each_other_and_side_by_side() -> None:
    under, aside = stacked([ONE, TWO], gap=10), beside([TWO, ONE], gap=10)
    assert (under.width, under.height) == (100, 40 + 10 + 20)
    assert (aside.width, aside.height) == (60 + 10 + 100, 40)
    assert [(mark.x, mark.y) for mark in under.marks if isinstance(mark, Raster)] == [(0, 50)]
    assert [mark.points for mark in aside.marks if isinstance(mark, Path)] == [[(71, 2), (73, 4)]]
    assert len(ONE.marks) == 3


def test_a_notebook_gets_a_picture_that_stands_alone() -> None:
    picture = ElementTree.fromstring(stacked([ONE, TWO])._repr_svg_())
    assert picture.tag == f"{SVG}svg"
    assert {child.tag for child in picture} == {
        f"{SVG}{t}" for t in ("rect", "path", "text", "image")
    }


@pytest.mark.parametrize("text", ["<b>&\"'", "a\x00b\x0c", "\uffff", "half \ud800 letter"])
def test_no_text_breaks_a_picture(text: str) -> None:
    picture = Drawing(9, 9, [Word(0, 0, text, title=text, key=text)])._repr_svg_()
    word = ElementTree.fromstring(picture.encode("utf-8")).find(f"{SVG}text")
    assert word is not None
    assert word.text
    assert "<b>" not in picture
    assert json.loads(json.dumps(Drawing(9, 9, [Word(0, 0, text)]).to_json()))


def test_wide_letters_take_more_room() -> None:
    assert room(["mmm"]) > room(["nnn"]) > room(["iii"]) > room([]) == 0


def test_every_hue_has_a_colour_in_light_and_in_dark() -> None:
    for light, dark in theme.HUES.values():
        for colour in (light, dark):
            assert len(bytes.fromhex(colour[1:])) == 3
    assert set(theme.WORD_HUES.values()) <= set(theme.HUES)
    assert theme.shade(0) == theme.FAINTEST
    assert theme.shade(2) == 1
