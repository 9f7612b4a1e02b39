"""What the loopback Hub finds wrong with a model card's front matter.

The rules are those of https://github.com/huggingface/hub-docs/blob/main/modelcard.md: which fields
there are, what kinds of values they take, and what a model-index must have.
"""

import re
from typing import Any

import yaml
from huggingface_hub.repocard import REGEX_YAML_BLOCK

MISSING = "empty or missing yaml metadata in repo card"
LICENSES = {"apache-2.0", "mit", "cc-by-4.0", "cc-by-2.0", "other", "unknown"}
TASKS = {"translation", "text-generation"}
LANGUAGE = re.compile(r"[a-z]{2,3}")
DATASET = re.compile(r"[\w.-]+(/[\w.-]+)?")


def faults(content: str) -> tuple[list[str], list[str]]:
    """The errors and the warnings that the Hub has for a card."""
    block = REGEX_YAML_BLOCK.search(content)
    try:
        data = yaml.safe_load(block[2]) if block else None
    except yaml.YAMLError as error:
        return [f"invalid YAML: {error}"], []
    if data is None:
        return [], [MISSING]
    if not isinstance(data, dict):
        return ["the metadata must be a mapping"], []
    return [*field_errors(data), *index_errors(data.get("model-index"))], task_warnings(data)


def field_errors(data: dict[str, Any]) -> list[str]:
    """What is wrong with the fields outside the model-index."""
    wrong = []
    if data.get("license", "mit") not in LICENSES:
        wrong.append(f'"license" must be one of {sorted(LICENSES)}')
    if not all(matches(LANGUAGE, one) for one in many(data, "language")):
        wrong.append('"language" must only contain ISO 639 codes')
    if not all(matches(DATASET, one) for one in many(data, "datasets")):
        wrong.append('"datasets" must only contain datasets of the Hub')
    for field in ("tags", "metrics"):
        values = data.get(field, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            wrong.append(f'"{field}" must be an array of strings')
    if not isinstance(data.get("library_name", ""), str):
        wrong.append('"library_name" must be a string')
    return wrong


def index_errors(index: Any) -> list[str]:
    """What a model-index lacks, if there is one."""
    if index is None:
        return []
    wanted = {
        "name": [model.get("name") for model in index],
        "results": [model.get("results") for model in index],
    }
    for number, result in enumerate(one for model in index for one in model.get("results", [])):
        place = f"results[{number}]"
        wanted[f"{place}.task.type"] = [result.get("task", {}).get("type")]
        wanted[f"{place}.dataset.type"] = [result.get("dataset", {}).get("type")]
        wanted[f"{place}.dataset.name"] = [result.get("dataset", {}).get("name")]
        metrics = result.get("metrics") or [{}]
        wanted[f"{place}.metrics.type"] = [metric.get("type") for metric in metrics]
        wanted[f"{place}.metrics.value"] = [metric.get("value") for metric in metrics]
    return [f'"model-index.{key}" is required' for key, found in wanted.items() if None in found]


def task_warnings(data: dict[str, Any]) -> list[str]:
    """The Hub warns of a task that it does not know."""
    known = data.get("pipeline_tag", "translation") in TASKS
    return [] if known else [f'"pipeline_tag" must be one of {sorted(TASKS)}']


def many(data: dict[str, Any], field: str) -> list[Any]:
    """A field that holds one value or a list of them, as a list."""
    value = data.get(field, [])
    return value if isinstance(value, list) else [value]


def matches(pattern: re.Pattern[str], value: Any) -> bool:
    """Whether a value is a string of that form."""
    return isinstance(value, str) and pattern.fullmatch(value) is not None
