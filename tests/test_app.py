"""The page as a process: it starts without a network, answers its endpoints, ends when told to."""

import inspect
import signal

import numpy as np
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from app import TABS
from benchmarks.page import PATIENCE, free_port, served
from playground.page import api
from seq_models import checkpoint

PROMISED: dict[str, tuple[object, ...]] = {  # endpoints of the first version, what they are asked
    "/next_word": ("gru",),
    "/choose": ("lstm", 0.8, 50, 0.95, 1),
    "/inside": ("gru", "strength", 3),
    "/look_back": ("rnn",),
    "/surgery": ("gru", "reset", 1),
    "/four": (),
    "/attend": (),
    "/score": (1, 1),
    "/elsewhere": ("diagonal",),
    "/align": (True,),
    "/long_sentences": (),
    "/heads": ("cross",),
    "/translate": ("transformer", 4, 1.0),
}
OTHERS = {"/guess_turn", "/guess_score", "/models"}
EVERY = {f"/{name}": function for name, function in api.endpoints(TABS).items()}
READING = [
    name
    for name, function in EVERY.items()
    if next(iter(inspect.signature(function).parameters), "") == "text"
]
BAD = ["", "  \n", "a b " * 2_500, "x" * 5_000, "\0", "Je\x07 pars"]
WITHOUT_A_TEXT = {"/film", "/train"}  # the example of its task is asked instead
STRANGE = ["😀", "我爱你", "<script>alert(1)</script>", "<b>Je</b> pars", "${alert(1)}"]


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address, verbose=False)


def test_every_computation_is_an_endpoint_with_its_arguments_described(client: Client) -> None:
    named = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(named) == set(EVERY)
    assert set(PROMISED) | OTHERS <= set(named)
    for name, function in EVERY.items():
        assert named[name]["description"].strip()
        for argument in inspect.signature(function).parameters:
            assert f"{argument}:" in (function.__doc__ or ""), f"{name} says nothing of {argument}"


def test_the_game_is_an_endpoint(client: Client) -> None:
    turn = client.predict("A cat sat on the mat.", 1, ["nothing"], api_name="/guess_turn")
    assert (turn["found"], turn["answer"]) == (False, "")
    assert len(turn["choices"]) == 5
    found = next(
        word
        for word in turn["choices"]
        if client.predict("A cat sat on the mat.", 1, [word], api_name="/guess_turn")["found"]
    )
    with pytest.raises(AppError):
        client.predict("A cat sat on the mat.", [[found]], api_name="/guess_score")


def test_the_computations_of_the_first_version_are_endpoints(client: Client) -> None:
    word = client.predict("Once upon a", "rnn", api_name="/next_word")
    assert len(word["tokens"]) == len(word["surprisal_bits"]) == 3
    shares = [entry["probability"] for entry in word["next"]]
    assert shares == sorted(shares, reverse=True)
    assert all(entry["word"] for entry in word["next"])
    seen = client.predict("Où est la gare ?", api_name="/attend")
    assert np.array(seen["weights"]).shape == (len(seen["target"]), len(seen["source"]))
    np.testing.assert_allclose(np.sum(seen["weights"], axis=1), 1, atol=1e-5)
    for stack in ("encoder", "decoder", "cross"):
        inside = client.predict("Où est la gare ?", stack, api_name="/heads")
        shape = np.array(inside["weights"]).shape
        assert shape[2:] == (len(inside["queries"]), len(inside["keys"]))
    for model in ("transformer", "attention"):
        found = client.predict("Où est la gare ?", model, 3, 0.6, api_name="/translate")
        assert found["translation"] == found["candidates"][0]["text"]
        assert found["log_probability"] == found["candidates"][0]["log_probability"] < 0
        assert len(found["candidates"]) == 3


def test_wrong_types_are_answered_in_a_sentence(client: Client) -> None:
    for endpoint, arguments in [
        ("/next_word", (None, "gru")),
        ("/next_word", ("a", ["gru"])),
        ("/attend", (5,)),
        ("/heads", ("oui", None)),
        ("/translate", ("oui", "transformer", "4", 1.0)),
        ("/translate", ("oui", "transformer", 4, None)),
    ]:
        with pytest.raises(AppError, match="please|must be"):
            client.predict(*arguments, api_name=endpoint)


def test_every_model_says_where_it_came_from(client: Client) -> None:
    told = client.predict(api_name="/models")
    assert [model["name"] for model in told] == checkpoint.names()
    for model in told:
        assert set(model) >= {"name", "source", "revision", "sha256", "parameters", "device"}
        assert model["source"] in ("hub", "cache", "bundled")


@pytest.mark.parametrize("endpoint", READING)
def test_bad_input_is_answered_in_one_sentence_and_the_page_goes_on(
    client: Client, endpoint: str
) -> None:
    more = PROMISED.get(endpoint, ())
    for text in BAD:
        if endpoint in WITHOUT_A_TEXT and not text.strip():
            continue
        with pytest.raises(AppError) as told:
            client.predict(text, *more, api_name=endpoint)
        assert "please" in str(told.value)
        assert "Traceback" not in str(told.value)
    for text in STRANGE:
        job = client.submit(text, *more, api_name=endpoint)
        refusal = job.exception(timeout=PATIENCE)
        assert refusal is None or "never seen" in str(refusal)
    client.predict("Il pleut.", *more, api_name=endpoint)


@pytest.mark.processes
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_without_a_network_and_ends_cleanly(ending: signal.Signals) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    with served(HF_ENDPOINT=nobody, SEQ_MODELS_HUB="someone") as (address, process, log):
        client = Client(address, verbose=False)
        assert client.predict("Il pleut.", api_name="/attend")["translation"]
        assert {m["source"] for m in client.predict(api_name="/models")} <= {"bundled", "cache"}
        process.send_signal(ending)
        status = process.wait(timeout=PATIENCE)
        output = log.read_text(encoding="utf-8")
        assert status == 0, output
        assert address in output
        assert "Traceback" not in output
