"""What runs in the background waits while somebody waits for an answer, but not for ever."""

import threading

from playground.page.way import Way

LONG = 60.0  # seconds; far more than a test takes


def test_a_step_waits_until_the_last_answer_is_there() -> None:
    way, went = Way(LONG), threading.Event()

    def step() -> None:
        way.give()
        went.set()

    background = threading.Thread(target=step)
    with way.taken():
        with way.taken():
            background.start()
            assert not went.wait(0.05)
        assert not went.wait(0.05)
    background.join(LONG)
    assert went.is_set()


def test_a_step_is_made_at_last_however_many_ask() -> None:
    way = Way(0.01)
    with way.taken():
        way.give()


def test_an_answer_that_failed_is_waited_for_no_more() -> None:
    way = Way(LONG)
    try:
        with way.taken():
            raise ValueError
    except ValueError:
        pass
    began = threading.Thread(target=way.give)
    began.start()
    began.join(LONG / 2)
    assert not began.is_alive()
