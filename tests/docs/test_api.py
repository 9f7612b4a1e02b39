"""What is written about the endpoints is what they are."""

import app
from docs import api
from playground.page.api import endpoints


def test_the_page_for_programs_is_current() -> None:
    assert api.FILE.read_text(encoding="utf-8") == api.text(app.TABS), "python -m docs.api"


def test_it_tells_of_every_endpoint_with_arguments_and_answer() -> None:
    written = api.text(app.TABS)
    for name, function in endpoints(app.TABS).items():
        assert written.count(f"### /{name}\n") == 1
        assert function.__doc__
        assert name == "models" or "Returns:" in function.__doc__, name
