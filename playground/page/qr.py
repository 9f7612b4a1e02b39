"""A link as a QR code: a class points its phones at it, and nobody has to type.

ISO/IEC 18004, https://www.iso.org/standard/83389.html
"""

import segno

LONGEST = 1_000  # characters: a code of more is too fine to be read from a wall


def picture(address: str) -> str:
    """An address as a QR code, the address of a picture (SVG) that holds it whole.

    Raises ValueError, in a sentence, for what is no address of a page or is too long.
    """
    if not isinstance(address, str) or not address.startswith(("http://", "https://")):
        raise ValueError("This page has no address that a QR code could hold.")
    if len(address) > LONGEST:
        raise ValueError("This address is too long for a QR code; please shorten the text.")
    code = segno.make(address.encode("utf-8", "replace"), micro=False, error="m")
    drawn: str = code.svg_data_uri(scale=6, border=4, dark="#000", light="#fff")
    return drawn
