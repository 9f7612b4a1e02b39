"""Charts: every number kept, texts never markup, colours by name, names that don't collide."""

import json
import re
from typing import Any

import numpy as np
import pytest

from playground import theme
from playground.charts import Chart, curves, followed_unit, grouped, library, memory_curves, scatter
from playground.charts.chart import LIGHT, hue
from playground.charts.curves import APART, spread

MEMORY = {"Plain <b>RNN": [(1, 256.0), (4, 64.0), (None, 63.0)], "GRU": [(1, 128.0), (None, 64.0)]}
WORDS = ["the", "<s>", "the"]


def charts() -> dict[str, Chart]:
    """One of every kind."""
    gates = {"update <i>": np.array([0.0, 0.5, 1.0])}
    return {
        "curves": curves({"<i>a": [(0, 1.0), (1, 2.0)]}, "<b>x", "y", keys={"<i>a": ["k", "l"]}),
        "memory": memory_curves(MEMORY),
        "scatter": scatter([1, 2], [3, 4], names=["<b>", "b"], titles=["<b>", ""], chosen=1),
        "grouped": grouped(["<b> words", "b"], {"<i>T": [1.5, None], "A": [2, 3]}, lit=0),
        "unit": followed_unit(np.array([1.0, 0.0, -1.0]), WORDS, gates),
    }


@pytest.mark.parametrize("name", list(charts()))
def test_words_are_never_taken_for_markup(name: str) -> None:
    text = json.dumps(charts()[name].to_json()).replace("<br>", "")
    text = re.sub(r"<b>(.*?)</b>", r"\1", text)  # our own: the group that is lit
    assert not re.search("<[bis]>", text)


@pytest.mark.parametrize("name", list(charts()))
def test_a_chart_travels_with_the_names_of_its_colours_and_stands_in_a_notebook(name: str) -> None:
    chart = charts()[name]
    told = chart.to_json()
    assert told["kind"] == "chart"
    named = set(re.findall(r"var\((--[\w-]+)", json.dumps(told)))
    assert "--hue-accent" in named
    assert named <= set(LIGHT)
    alone = chart._repr_html_()
    assert "var(--" not in alone[alone.rindex("Plotly.newPlot") :]
    assert len(json.dumps(told)) < 10_000


@pytest.mark.parametrize("name", list(charts()))
def test_plotly_knows_every_name_and_every_value_and_loses_none(name: str) -> None:
    """Oracle: Plotly's own Python, which refuses what its JavaScript would pass over in silence."""
    told = json.loads(json.dumps(charts()[name].to_json()))
    figure = charts()[name].figure().to_plotly_json()
    for ours, theirs in zip(told["data"], figure["data"], strict=True):
        assert ours.keys() == theirs.keys()
        assert ours["type"] == theirs["type"]
    assert {*told["layout"]} | {"template"} == {*figure["layout"]}
    broken = charts()[name]
    broken.layout["heigth"] = 3
    with pytest.raises(ValueError, match="heigth"):
        broken.figure()


def test_a_curve_keeps_its_points_and_their_keys() -> None:
    (line,) = curves({"a": [(0, 1.5), (1, 2.5)]}, keys={"a": ["k", "l"]}).to_json()["data"]
    assert (line["x"], line["y"], line["customdata"]) == ([0, 1], [1.5, 2.5], ["k", "l"])
    with pytest.raises(ValueError, match="no curve"):
        curves({"a": []})


def test_memory_curves_tell_context_and_perplexity_on_logarithmic_axes() -> None:
    told = memory_curves(MEMORY).to_json()
    assert told["layout"]["xaxis"]["ticktext"] == ["1", "4", "all"]
    assert told["data"][1]["x"] == [0, 2]
    assert told["layout"]["yaxis"]["ticktext"] == ["64", "128", "256"]
    assert "GRU, all words seen: perplexity 64" in told["data"][1]["hovertext"]
    low, high = told["layout"]["yaxis"]["range"]
    assert 10**low < 63 < 256 <= 10**high * 1.0001


def test_a_thin_line_leads_from_each_curve_to_its_name() -> None:
    told = memory_curves(MEMORY).to_json()
    names = told["layout"]["annotations"]
    assert [name["text"] for name in names] == ["Plain &lt;b&gt;RNN 63", "GRU 64"]
    assert [name["y"] for name in names] == pytest.approx(np.log10([63, 64]).tolist())
    lines = [line["line"]["color"] for line in told["data"]]
    assert [name["arrowcolor"] for name in names] == lines


def test_names_never_stand_on_each_other() -> None:
    found = sorted(spread([10.0, 210.0, 212.0, 10.5], 214.0))
    assert found[0] >= 10.0
    assert found[-1] <= 214.0
    assert all(b - a >= APART for a, b in zip(found, found[1:], strict=False))


def test_a_sixth_curve_is_drawn_too() -> None:
    series = {str(n): [(0.0, 1.0 + n), (1.0, 2.0 + n)] for n in range(7)}
    told = curves(series).to_json()
    assert len(told["data"]) == len(told["layout"]["annotations"]) == 7


def test_a_group_without_a_value_has_no_bar_and_the_lit_one_is_bold() -> None:
    told = grouped(
        ["a", "b"], {"T": [1.5, None]}, lit=1, lit_note="here", keys=["0", "1"]
    ).to_json()
    assert told["data"][0]["y"] == [1.5, None]
    assert told["data"][0]["customdata"] == ["0", "1"]
    assert told["layout"]["xaxis"]["ticktext"] == ["a", "<b>b</b><br>here"]
    with pytest.raises(ValueError, match="2 groups have 1 values"):
        grouped(["a", "b"], {"T": [1.5]})


def test_the_followed_unit_has_a_point_a_word_and_a_cell_a_gate() -> None:
    line, gates = charts()["unit"].to_json()["data"]
    assert line["y"] == [1, 0, -1]
    assert gates["z"] == [[0, 0.5, 1]]
    assert line["hovertext"][1] == "after &lt;s&gt;: 0.000000"
    with pytest.raises(ValueError, match="gates of other lengths"):
        followed_unit(np.zeros(3), WORDS, {"update": np.zeros(2)})


def test_parts_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="2 points"):
        scatter([1, 2], [1, 2], names=["a"])


def test_only_named_colours_are_colours() -> None:
    assert hue("accent", 0.5) == "var(--hue-accent, 0.5)"
    with pytest.raises(ValueError, match="no colour 'red'"):
        hue("red")


def test_the_library_is_the_one_that_wrote_the_charts() -> None:
    assert library().is_file()
    assert "plotly.js v" in library().read_text(encoding="utf-8")[:200]


def colours(value: Any) -> set[str]:
    """Every hexadecimal colour in a chart."""
    return set(re.findall(r"#[0-9a-fA-F]{6}", json.dumps(value)))


@pytest.mark.parametrize("name", list(charts()))
def test_no_colour_is_written_down_but_in_the_theme(name: str) -> None:
    told = charts()[name].to_json()
    assert not colours(told)
    assert all(len(pair) == 2 for pair in theme.HUES.values())


def test_a_name_stands_where_nothing_else_does_that_of_the_chosen_point_always() -> None:
    names = [str(place) for place in range(12)]
    told = scatter([0.0] * 11 + [1.0], [0.0] * 11 + [1.0], names=names, chosen=5).data[0]
    assert told["text"][5] == "5"
    assert told["text"][11] == "11"
    assert 1 < sum(map(bool, told["text"])) < 12
    near = scatter([0.0, 0.001, 1.0], [0.0, 0.001, 1.0], names=["a", "b", "c"]).data[0]
    assert near["text"] == ["a", "b", "c"]
    assert near["textposition"][0] != near["textposition"][1]


def test_each_group_has_a_hue_and_a_shape_of_its_own_told_in_a_legend() -> None:
    groups = ["layer 1", "layer 2", "layer 1"]
    chart = scatter([0, 1, 2], [0, 1, 2], keys=["a", "b", "c"], groups=groups, chosen=1)
    first, second, ring = chart.data
    assert (first["name"], second["name"]) == ("layer 1", "layer 2")
    assert (first["customdata"], second["customdata"]) == (["a", "c"], ["b"])
    looks = [one["marker"] for one in (first, second)]
    assert len({look["color"] for look in looks}) == len({look["symbol"] for look in looks}) == 2
    assert chart.layout["showlegend"]
    assert ring["showlegend"] is False


@pytest.mark.parametrize("points", [[(0, 100.0), (1, 100.0)], [(0, 0.0), (1, 0.0)], [(0, 40.0)]])
def test_the_whole_of_a_share_is_in_sight_and_little_more(points: list[tuple[int, float]]) -> None:
    low, high = curves({"a": points}, y_whole=(0.0, 100.0)).to_json()["layout"]["yaxis"]["range"]
    assert -10 < low <= 0
    assert 100 <= high < 110
