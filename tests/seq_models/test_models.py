"""What holds for every model of the page: built from its config, shared by threads."""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from seq_models.decode import beam_search
from seq_models.models import ARCHITECTURES, build
from tests.tiny import (
    CONFIGS,
    LANGUAGE_MODELS,
    TRANSLATORS,
    belongings,
    close,
    model,
    outputs,
    same_belongings,
    targets,
    words,
)

CPU = torch.device("cpu")
EACH = pytest.mark.parametrize("name", CONFIGS)


def read_all(name: str, network: Any, seed: int) -> list[Tensor]:
    """Everything that a model tells about a sentence of its own for each seed."""
    length = 3 + seed % 4
    if name in LANGUAGE_MODELS:
        x = words(length, seed=seed)
        return outputs(network(x)) + outputs(network.step(x[:, 0], network.start()))
    src, trg = words(length, seed=seed), targets(1, 4, seed=seed)
    enc_out, weights = network.encoder(src)
    decoded = network.decoder(trg, enc_out)
    step = network.step(trg[:, 0], network.start(src))
    return outputs((enc_out, weights, decoded, step))


@EACH
def test_a_config_read_back_from_json_builds_the_same_model(name: str) -> None:
    ours = model(name)
    again = build(json.loads(json.dumps(CONFIGS[name]))).eval()
    theirs = dict(again.named_parameters())
    mine = dict(ours.named_parameters())
    assert {n: p.shape for n, p in theirs.items()} == {n: p.shape for n, p in mine.items()}
    with torch.no_grad():
        for parameter_name, parameter in theirs.items():
            parameter.copy_(mine[parameter_name])
    for actual, expected in zip(read_all(name, again, 1), read_all(name, ours, 1), strict=True):
        assert torch.equal(actual, expected)


@EACH
def test_a_model_keeps_nothing_but_parameters(name: str) -> None:
    ours = build(CONFIGS[name])
    parameters = {id(p) for p in ours.parameters()}
    assert not list(ours.buffers())
    assert all(p.requires_grad and p.dtype == torch.float32 for p in ours.parameters())
    assert len(parameters) == len(list(ours.parameters()))


@pytest.mark.parametrize("name", TRANSLATORS)
def test_both_languages_of_a_translator_share_their_vectors(name: str) -> None:
    ours: Any = build(CONFIGS[name])
    assert ours.encoder.embedding is ours.decoder.embedding


def test_every_architecture_has_a_tiny_model_in_these_tests() -> None:
    assert {config["architecture"] for config in CONFIGS.values()} == set(ARCHITECTURES)


@pytest.mark.parametrize("config", [{"architecture": "lstm", "arguments": {}}, {}])
def test_an_unknown_architecture_is_refused_with_the_known_ones(config: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="architecture is .* language_model, .*translator"):
        build(config)


@EACH
def test_reading_leaves_nothing_behind_in_training_either(name: str) -> None:
    ours = model(name).train()
    before = belongings(ours)
    read_all(name, ours, 0)
    assert same_belongings(before, belongings(ours))


@EACH
def test_eight_threads_sharing_a_model_get_what_each_gets_alone(name: str) -> None:
    ours = model(name)
    alone = [read_all(name, ours, seed) for seed in range(8)]
    together = in_eight_threads(lambda seed: [read_all(name, ours, seed) for _ in range(8)])
    for expected, rounds in zip(alone, together, strict=True):
        for results in rounds:
            for actual, tensor in zip(results, expected, strict=True):
                close(actual, tensor, within=1e-6)


DEVICES = ["cpu"]
DEVICES += ["cuda"] * torch.cuda.is_available() + ["mps"] * torch.backends.mps.is_available()


@EACH
@pytest.mark.parametrize("device", DEVICES)
def test_every_device_of_this_machine_gives_what_the_cpu_gives(name: str, device: str) -> None:
    tokens, there = words(5, 3), model(name).to(device)
    if name in LANGUAGE_MODELS:
        expected, actual = model(name)(tokens)[0], there(tokens.to(device))[0]
    else:
        target = targets(2, 4)
        expected = model(name)(tokens, target)
        actual = there(tokens.to(device), target.to(device))
        (search, _) = beam_search(there, there.start(tokens.to(device)), [6, 6], there_is(there))
        (wanted, _) = beam_search(model(name), model(name).start(tokens), [6, 6], CPU)
        assert search.hypotheses[0].tokens == wanted.hypotheses[0].tokens
    close(actual.cpu(), expected, within=1e-4)


def there_is(module: Any) -> torch.device:
    """The device of a model's parameters."""
    return next(module.parameters()).device


def in_eight_threads(work: Callable[[int], list[list[Tensor]]]) -> list[list[list[Tensor]]]:
    """The results of `work(0)` to `work(7)`, all begun together and switched between often."""
    begin = Barrier(8)

    def one(seed: int) -> list[list[Tensor]]:
        begin.wait()
        with torch.no_grad():
            return work(seed)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            return list(threads.map(one, range(8)))
    finally:
        sys.setswitchinterval(interval)


DROPOUTS = {
    "rnn": 3,  # words, memory, features
    "gru": 3,
    "lstm": 3,
    "causal": 3 + 2 * 2,  # the same, and two in each of two blocks
    "summary": 1 + 1 + 2,  # source words, target words, before and after the output's hidden layer
    "attention": 1 + 1 + 2,
    "transformer": 1 + 2 * 2 + 1 + 2 * 3,  # embeddings; two in a block, three in a decoder's
}


@EACH
def test_training_drops_out_wherever_the_model_says_so(name: str) -> None:
    network, calls = model(name).train(), list[object]()
    for part in network.modules():
        if isinstance(part, nn.Dropout):
            assert part.p > 0
            part.register_forward_hook(lambda *call: calls.append(call))
    network(words(4)) if name in LANGUAGE_MODELS else network(words(4), targets(1, 3))
    assert len(calls) == DROPOUTS[name]
