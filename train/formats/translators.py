"""What every format asks of a translator before its parameters go there."""

from seq_models.loaded import Loaded, LoadedTranslator
from seq_models.models import transformer_translator

PLACES = 1_024
"""The most tokens of a source or a translation: other tools keep the codes of places in a table."""


def exportable(loaded: Loaded) -> LoadedTranslator:
    """The model, if it is a whole Transformer translator. Raises ValueError for any other."""
    architecture = loaded.config.get("architecture")
    if not isinstance(loaded, LoadedTranslator) or architecture != transformer_translator.__name__:
        raise ValueError(
            f"{loaded.name} has the architecture {architecture}; other tools read only "
            f"{transformer_translator.__name__}"
        )
    left_out = [name for name, value in loaded.config["arguments"].items() if value is False]
    if left_out:
        raise ValueError(
            f"{loaded.name} is without {', '.join(left_out)}; other tools read only whole ones"
        )
    return loaded
