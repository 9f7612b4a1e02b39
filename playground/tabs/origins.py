"""Where does each model come from?"""

import gradio as gr

from playground.explain import models
from playground.tabs import parts

HEADERS = ["Model", "Came from", "Revision", "Parameters", "Device", "SHA-256"]


def show() -> dict[str, object]:
    """A row for each model."""
    body = [
        [
            model["name"],
            model["source"] or "nowhere",
            (model["revision"] or "")[:12],
            f"{model['parameters'] or 0:,}",
            model["device"] or "",
            (model["sha256"] or "")[:16] or model["error"],
        ]
        for model in models.describe()
    ]
    return parts.rows(HEADERS, body)


def start() -> None:
    """Get the models ready to serve."""
    models.start()


def build(page: gr.Blocks) -> None:
    """A table under the tabs, fresh whenever the page is opened."""
    with gr.Accordion("The models of this page", open=False):
        models_table = parts.table(parts.rows(HEADERS, []), "Models", "models")
    page.load(show, None, models_table, api_visibility="private", api_name="show_models")
