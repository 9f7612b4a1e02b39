"""The head of a model's card, which machines read: languages, licence, data, scores.

It is made and written as YAML by the Hub's own client.
https://github.com/huggingface/hub-docs/blob/main/modelcard.md
"""

from typing import Any

from huggingface_hub import EvalResult, ModelCardData

from train.hub.card_text import translates

SHOWN = (4, 1)  # hypotheses kept; the Hub shows the first
TAGS = ["pytorch", "education", "sequence-model-playground"]
TATOEBA_CHALLENGE: dict[str, Any] = {
    "task_type": "translation",
    "task_name": "Translation French to English",
    "dataset_type": "Helsinki-NLP/tatoeba_mt",
    "dataset_split": "test",
}
HELD_OUT_TEXT: dict[str, Any] = {
    "task_type": "text-generation",
    "task_name": "Next word",
    "dataset_type": "tatoeba",
    "dataset_name": "Held-out English of the same sources (Tatoeba and children's stories)",
    "dataset_split": "test",
}
WORDS = {  # a measure to the Hub's type of metric and its name
    "perplexity": ("perplexity", "Perplexity"),
    "top1": ("accuracy", "The right word is the likeliest"),
    "top5": ("accuracy", "The right word is among the five likeliest"),
}


def card_data(name: str, config: dict[str, Any], measurements: dict[str, Any]) -> ModelCardData:
    """The head of the card of the model `name`, with what was measured as its results."""
    translator = translates(config)
    test = measurements["test"]
    results = translation_results(test) if translator else word_results(test)
    return ModelCardData(
        language=["fr", "en"] if translator else ["en"],
        license="apache-2.0",
        library_name="pytorch",
        pipeline_tag="translation" if translator else "text-generation",
        tags=[*TAGS, config["architecture"].replace("_", "-")],
        datasets=["tatoeba"] if translator else ["tatoeba", "GEM/FairytaleQA"],
        metrics=list(dict.fromkeys(result.metric_type for result in results)),
        model_name=name,
        eval_results=results,
    )


def shown_decoding(test: dict[str, Any]) -> list[dict[str, Any]]:
    """The ways of decoding that a card shows: beam, bleu and chrf of each."""
    measured = {decoding["beam"]: decoding for decoding in test["decoding"]}
    return [measured[beam] for beam in SHOWN if beam in measured]


def way(beam: int) -> str:
    """A way of decoding in words. beam: hypotheses kept."""
    return "greedy" if beam == 1 else f"beam {beam}"


def translation_results(test: dict[str, Any]) -> list[EvalResult]:
    """BLEU and chrF, 0..100, of each way of decoding."""
    name = f"Tatoeba Challenge v2021-08-07, {test['sentences']:,} French-English pairs"
    return [
        EvalResult(
            **TATOEBA_CHALLENGE,
            dataset_name=name,
            metric_type=metric,
            metric_name=f"{title}, {way(decoding['beam'])}",
            metric_value=decoding[metric],
        )
        for decoding in shown_decoding(test)
        for metric, title in (("bleu", "BLEU"), ("chrf", "chrF"))
    ]


def word_results(test: dict[str, Any]) -> list[EvalResult]:
    """Perplexity, and how often the right word was among the likeliest, 0..1."""
    return [
        EvalResult(**HELD_OUT_TEXT, metric_type=kind, metric_name=title, metric_value=test[measure])
        for measure, (kind, title) in WORDS.items()
    ]
