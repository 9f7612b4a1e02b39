"""The head of a model's card, which machines read: languages, licence, data, scores.

It is made and written as YAML by the Hub's own client.
https://github.com/huggingface/hub-docs/blob/main/modelcard.md
"""

from collections.abc import Sequence
from typing import Any

from huggingface_hub import EvalResult, ModelCardData

from train.engine.provenance import Provenance, sources_of
from train.hub.card_text import languages, translates

SHOWN = (4, 1)  # hypotheses kept; the Hub shows the first
TAGS = ["pytorch", "education", "sequence-model-playground"]
OWN_TEST = {"name": "the test set of its data"}  # where no other is named
UNPUBLISHED = "unpublished"  # instead of a dataset's name on the Hub
WORDS = {  # a measure to the Hub's type of metric and its name
    "perplexity": ("perplexity", "Perplexity"),
    "top1": ("accuracy", "The right word is the likeliest"),
    "top5": ("accuracy", "The right word is among the five likeliest"),
}


def card_data(
    name: str, config: dict[str, Any], measurements: dict[str, Any], known: Sequence[Provenance]
) -> ModelCardData:
    """The head of the card of the model `name`, with what was measured as its results."""
    translator = translates(config)
    told = languages(config, known)
    test = test_set(measurements.get("provenance", []))
    task = f"Translation {' to '.join(told.values())}".strip() if translator else "Next word"
    on: dict[str, Any] = {
        "task_type": "translation" if translator else "text-generation",
        "task_name": task,
        "dataset_type": test.get("dataset", UNPUBLISHED),
        "dataset_name": test["name"][:1].upper() + test["name"][1:],
        "dataset_split": "test",
    }
    results = (translation_results if translator else word_results)(measurements["test"], on)
    datasets = [source["dataset"] for source in sources_of(known) if "dataset" in source]
    return ModelCardData(
        language=list(told) or None,
        license="apache-2.0",
        library_name="pytorch",
        pipeline_tag=on["task_type"],
        tags=[*TAGS, config["architecture"].replace("_", "-")],
        datasets=list(dict.fromkeys(datasets)) or None,
        metrics=list(dict.fromkeys(result.metric_type for result in results)),
        model_name=name,
        eval_results=results,
    )


def test_set(known: Sequence[Provenance]) -> dict[str, str]:
    """What a model was measured on: its name, and its dataset if it is on the Hub."""
    found: dict[str, str] = known[0].get("test", OWN_TEST) if known else OWN_TEST
    return found


def shown_decoding(test: dict[str, Any]) -> list[dict[str, Any]]:
    """The ways of decoding that a card shows: beam, bleu and chrf of each."""
    measured = {decoding["beam"]: decoding for decoding in test["decoding"]}
    return [measured[beam] for beam in SHOWN if beam in measured]


def way(beam: int) -> str:
    """A way of decoding in words. beam: hypotheses kept."""
    return "greedy" if beam == 1 else f"beam {beam}"


def translation_results(test: dict[str, Any], on: dict[str, Any]) -> list[EvalResult]:
    """BLEU and chrF, 0..100, of each way of decoding. on: the task and the data."""
    pairs = f"{on['dataset_name']}, {test['sentences']:,} pairs"
    return [
        EvalResult(
            **on | {"dataset_name": pairs},
            metric_type=metric,
            metric_name=f"{title}, {way(decoding['beam'])}",
            metric_value=decoding[metric],
        )
        for decoding in shown_decoding(test)
        for metric, title in (("bleu", "BLEU"), ("chrf", "chrF"))
    ]


def word_results(test: dict[str, Any], on: dict[str, Any]) -> list[EvalResult]:
    """Perplexity, and how often the right word was among the likeliest, 0..1."""
    return [
        EvalResult(**on, metric_type=kind, metric_name=title, metric_value=test[measure])
        for measure, (kind, title) in WORDS.items()
    ]
