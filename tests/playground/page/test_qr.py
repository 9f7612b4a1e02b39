"""A QR code of the page's address, whole in one picture, or a sentence."""

import xml.etree.ElementTree as ElementTree
from urllib.parse import unquote

import pytest

from playground.page.qr import LONGEST, picture

ADDRESS = "http://127.0.0.1:7860/?tab=attention&text=%22<script>%22"


def test_an_address_is_a_square_picture_without_text_or_script() -> None:
    kind, _, drawn = picture(ADDRESS).partition(",")
    assert kind.startswith("data:image/svg+xml")
    root = ElementTree.fromstring(unquote(drawn))
    assert root.get("width") == root.get("height")
    assert {node.tag.partition("}")[2] for node in root.iter()} <= {"svg", "path", "g"}


def test_other_addresses_are_other_pictures() -> None:
    assert picture(ADDRESS) != picture(f"{ADDRESS}1")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("javascript:alert(1)", "no address"),
        (None, "no address"),
        ("http://a/" + "x" * LONGEST, "too long for a QR code; please shorten"),
    ],
)
def test_what_no_phone_could_open_is_refused(address: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        picture(address)  # type: ignore[arg-type]
