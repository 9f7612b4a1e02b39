"""Write docs/api.md, every endpoint of the page as its function says: python -m docs.api."""

import inspect
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import app
from playground.instrument import Tab
from playground.page.api import endpoints

FILE = Path(__file__).parent / "api.md"
HEAD = """# The page for programs

Every instrument is an endpoint, and a tool of the page's MCP server: the same function, the same
numbers. From Python:

```python
from gradio_client import Client

Client("http://127.0.0.1:7860").predict("Once upon a time", "gru", api_name="/next_word")
```

From anywhere else a call is posted, and its answer fetched by the number that comes back:

```sh
curl -X POST http://127.0.0.1:7860/gradio_api/call/next_word \\
    -H "Content-Type: application/json" -d '{"data": ["Once upon a time"]}'
curl http://127.0.0.1:7860/gradio_api/call/next_word/EVENT_ID
```

Arguments with a default may be left away from the end on. Bad input is answered with one sentence.
This page is made by `python -m docs.api`.
"""


def text(tabs: Sequence[Tab]) -> str:
    """The whole page."""
    parts = [HEAD]
    found = endpoints(tabs)
    for tab in tabs:
        parts.append(f"## {tab.title}\n")
        for instrument in tab.instruments:
            parts += [entry(name, found[name], instrument.title) for name in instrument.answers]
    parts.append("## The models\n")
    parts.append(entry("models", found["models"], "The models of this page"))
    return "\n".join(parts)


def entry(name: str, function: Callable[..., Any], title: str) -> str:
    """One endpoint: its arguments with their defaults, and what its docstring says."""
    parameters = inspect.signature(function).parameters.values()
    arguments = ", ".join(map(argument, parameters))
    return (
        f"### /{name}\n\n*{title}.* `{name}({arguments})`\n\n"
        f"```text\n{inspect.getdoc(function)}\n```\n"
    )


def argument(parameter: inspect.Parameter) -> str:
    """An argument with its default, as JSON writes it."""
    if parameter.default is inspect.Parameter.empty:
        return parameter.name
    return f"{parameter.name}={json.dumps(parameter.default, ensure_ascii=False)}"


def main() -> None:
    """Write the file."""
    FILE.write_text(text(app.TABS), encoding="utf-8")
    print(f"{FILE.relative_to(Path.cwd())} is written")


if __name__ == "__main__":
    main()
