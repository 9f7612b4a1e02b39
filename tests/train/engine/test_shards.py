"""Several processes: each reads its own lines, and together they learn and measure as one."""

import json
import math
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from tests.tiny import close, model, sentences, write_data
from tests.train.engine import test_loop
from tests.train.measures import test_next_word, test_translation
from train.engine.shards import SHARDS, dealt, merged, shards_of
from train.measures.next_word import evaluate_language_model
from train.measures.translation import evaluate_translator

ROOT = Path(__file__).parents[3]
PATIENCE = 600  # seconds; a busy machine is slow
MORE = [(f"plus {number}.", f"more {number}.") for number in range(150)]


@given(st.integers(0, 70), st.sampled_from([1, 2, 4, 8, 16]))
def test_each_line_is_dealt_to_one_process_and_few_are_repeated(count: int, world: int) -> None:
    owned = [shards_of(rank, world) for rank in range(world)]
    assert sorted(shard for shards in owned for shard in shards) == list(range(SHARDS))
    assert len({len(shards) for shards in owned}) == 1
    hands = [dealt(iter(range(count)), shards) for shards in owned]
    lines = [line for hand in hands for shard in hand.values() for line in shard]
    if 0 < count < SHARDS:
        assert len(lines) == SHARDS
        assert set(lines) == set(range(count))
    else:
        assert sorted(lines) == list(range(count))
    for hand in hands:
        assert all(hand[shard] == dealt(range(count), [shard])[shard] for shard in hand)


@pytest.mark.parametrize("world", [3, 5, 17, 32])
def test_processes_that_cannot_share_evenly_are_refused_in_a_sentence(world: int) -> None:
    wanted = f"{world} processes cannot share 16 shards evenly; start 1, 2, 4, 8 or 16"
    with pytest.raises(ValueError, match=wanted):
        shards_of(0, world)


@given(st.integers(0, 30), st.integers(1, 5))
def test_shares_merge_in_the_order_they_once_had(count: int, world: int) -> None:
    assert merged([range(count)[rank::world] for rank in range(world)]) == list(range(count))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the two processes of `two_processes.py` wrote, beside the files they read."""
    folder = write_data(tmp_path_factory.mktemp("two"), sentences())
    more = "".join(f"{source}\t{target}\n" for source, target in MORE)
    (folder / "more.tsv").write_text(more, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    shared = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_PORT": port}
    shared |= {"MASTER_ADDR": "127.0.0.1", "OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"}
    shared |= {"CUDA_VISIBLE_DEVICES": ""}
    command = [sys.executable, "-m", "tests.train.engine.two_processes", str(folder)]
    processes = [
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | shared | {"RANK": rank, "LOCAL_RANK": rank}
        )
        for rank in ("0", "1")
    ]
    try:
        assert [process.wait(timeout=PATIENCE) for process in processes] == [0, 0]
    finally:
        for process in processes:
            process.kill()
    return folder


def told(folder: Path, what: str) -> list[Any]:
    """What each of the two processes found."""
    found = [json.loads((folder / f"{rank}.json").read_text(encoding="utf-8")) for rank in (0, 1)]
    return [each[what] for each in found]


@pytest.mark.processes
def test_no_process_keeps_a_line_of_another(folder: Path) -> None:
    lines = [source for source, _ in sentences()]
    one, two = (each["lines"] for each in told(folder, "text"))
    assert not set(one) & set(two)
    assert sorted(one + two) == sorted(lines)


@pytest.mark.processes
def test_no_process_keeps_a_pair_of_another_or_joins_one_into_a_longer_pair(folder: Path) -> None:
    pairs = [*sentences(), *MORE]
    shares = [{tuple(pair) for pair in each["lines"]} for each in told(folder, "pairs")]
    assert not shares[0] & shares[1]
    assert set(pairs) <= shares[0] | shares[1]
    for rank, share in enumerate(shares):
        own = {pair for row, pair in enumerate(pairs) if row % 2 == rank}  # shards: every other
        assert share & set(pairs) == own
        parts = {(s.rstrip("."), t.rstrip(".")) for s, t in own}
        assert share - own
        for source, target in share - own:
            assert zip_of(source, target) <= parts


def zip_of(source: str, target: str) -> set[tuple[str, str]]:
    """The pairs that were joined to a longer one, without full stops."""
    return set(zip(*(side.rstrip(".").split(". ") for side in (source, target)), strict=True))


@pytest.mark.processes
def test_one_process_trains_the_tokenizer_and_all_have_it(folder: Path) -> None:
    for what in ("text", "pairs"):
        one, two = told(folder, what)
        assert (one["trained"], two["trained"]) == (1, 0)
        assert one["tokens"] == two["tokens"]
        assert sorted(one["shards"] + two["shards"]) == list(range(SHARDS))


@pytest.mark.processes
def test_the_pairs_that_were_added_are_counted_over_all_processes(folder: Path) -> None:
    assert [each["record"] for each in told(folder, "pairs")] == [
        {"lines": len(sentences()), "more": len(MORE)}
    ] * 2


@pytest.mark.processes
def test_two_processes_measure_what_one_measures(folder: Path) -> None:
    expected = evaluate_translator(
        model("attention"), test_translation.PIECES, test_translation.PAIRS[:3]
    )
    for found in told(folder, "translator"):
        assert found | {"seconds": 0} == expected | {"seconds": 0}
    measured = evaluate_language_model(model("gru"), test_next_word.WORDS, test_next_word.LINES)
    assert told(folder, "language_model") == [measured] * 2


@pytest.mark.processes
def test_two_processes_learn_what_one_plain_loop_of_torch_learns(folder: Path) -> None:
    """The oracle is the loop written out: the mean over all tokens of the batch, AdamW."""
    learned = safetensors.torch.load_file(folder / "learned.safetensors")
    network, data = test_loop.network(dropout=0.0), test_loop.batches()
    optimizer = torch.optim.AdamW(network.parameters(), betas=(0.9, 0.98), weight_decay=0.01)
    for step, rows in enumerate(data.epoch(0)[:3]):
        batch = data.collate(rows)
        optimizer.param_groups[0]["lr"] = 1e-3 * min(1, (3 - step) / 2)
        optimizer.zero_grad()
        loss: Tensor = test_loop.loss(network, batch.fields) / batch.targets
        loss.backward()
        optimizer.step()
        close(learned[f"{step}/loss"], loss.detach())
        for name, parameter in network.named_parameters():
            assert parameter.grad is not None
            close(learned[f"{step}/{name}"], parameter.grad)
    assert not math.isclose(learned["0/bias"].norm().item(), 0, abs_tol=1e-3)
    for name, parameter in network.named_parameters():
        close(learned[f"end/{name}"], parameter.detach())
