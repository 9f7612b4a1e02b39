"""Put the models on the Hugging Face Hub: python -m train.publish --namespace NAME.

Each model of weights/manifest.json goes to the repository NAME/MODEL, in one commit of exactly the
files that the manifest lists; one that is there already, byte for byte, keeps its revision. When
all are there, and not before, the manifest gets NAME and their revisions. Stopped half-way, it is
as it was, and the same command goes on from there. The token is the Hub client's own (`hf auth
login` or HF_TOKEN), and so is the Hub (HF_ENDPOINT).
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from huggingface_hub import HfApi, get_token
from huggingface_hub.errors import (
    HfHubHTTPError,
    HTTPError,
    OfflineModeIsEnabled,
)

from seq_models import manifest
from seq_models.manifest import FILE, WEIGHTS, DamagedWeights, Manifest
from train.hub.repository import Content, upload

PASSING = (409, 412, 429)  # refusals that time heals: two at once, too many


class NotPublished(RuntimeError):
    """The models are not all on the Hub, and the manifest is unchanged; the message says why."""


def publish(weights: Path, namespace: str, api: HfApi) -> Manifest:
    """Upload what the Hub lacks, print a line for each model, and write the manifest.

    api: with a token that may write to `namespace`, a user or an organisation. Raises NotPublished,
    or DamagedWeights if the files are not what the manifest says; the manifest is then as it was.
    """
    before = manifest.read(weights)
    contents = {name: checked(weights, before, name) for name in all_names(weights, before)}
    if not api.token:
        raise NotPublished("there is no token for the Hub: run `hf auth login` or set HF_TOKEN")
    revisions = {
        name: uploaded(api, f"{namespace}/{name}", content) for name, content in contents.items()
    }
    models = {n: replace(entry, revision=revisions[n]) for n, entry in before.models.items()}
    after = Manifest(namespace, models)
    if manifest.read(weights) != before:
        raise NotPublished(f"{weights / FILE} has changed meanwhile: run the same command again")
    if after != before:
        write(weights, after)
    return after


def all_names(weights: Path, listed: Manifest) -> list[str]:
    """The models. Raises DamagedWeights if folders and manifest name different ones."""
    folders = set(manifest.names(weights))
    for name in sorted(folders ^ listed.models.keys()):
        lacks = "is not there, but" if name not in folders else "is not"
        raise DamagedWeights(f"{weights / name} {lacks} in {FILE}")
    return list(listed.models)


def checked(weights: Path, listed: Manifest, name: str) -> Content:
    """The files of a model. Raises DamagedWeights if they are not what the manifest says."""
    folder, files = weights / name, listed.models[name].files
    unlisted = sorted(manifest.fingerprints(folder).keys() - files.keys())
    if unlisted:
        raise DamagedWeights(f"{folder} has {', '.join(unlisted)}, which {FILE} does not list")
    return {file: manifest.verified(folder / file, sha) for file, sha in files.items()}


def uploaded(api: HfApi, repository: str, content: Content) -> str:
    """The revision that holds `content`, told in a line. Raises NotPublished for every failure."""
    try:
        revision, is_new = upload(api, repository, content)
    except Exception as error:  # of whatever kind: whoever runs this gets a sentence
        told = f"{repository} is not published, {FILE} is unchanged: {reason(error, api)}"
        raise NotPublished(told) from error
    print(f"{repository}: {'uploaded' if is_new else 'already there'}, {revision}", flush=True)
    return revision


def write(weights: Path, after: Manifest) -> None:
    """Write the manifest. Raises NotPublished where that cannot be done."""
    try:
        manifest.write(weights, after)
    except OSError as error:
        told = f"{weights / FILE} cannot be written ({error.strerror}) and is unchanged"
        raise NotPublished(f"the models are on the Hub, but {told}: run it again") from error


def reason(error: BaseException, api: HfApi) -> str:
    """Why a model could not be published, and what to do about it, in one line."""
    if isinstance(error, RuntimeError) and error.__cause__ is not None:
        return reason(error.__cause__, api)  # the client wraps what stopped an upload
    if isinstance(error, OfflineModeIsEnabled):
        return "offline mode is on: unset HF_HUB_OFFLINE"
    if isinstance(error, HfHubHTTPError):
        return answer(error.response.status_code, error.server_message or str(error))
    if isinstance(error, HTTPError | ConnectionError | TimeoutError):
        return f"the Hub at {api.endpoint} cannot be reached ({type(error).__name__}): run it again"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return first_line(str(error)) or type(error).__name__


def answer(status: int, message: str) -> str:
    """What the Hub's refusal means. status: of HTTP; message: the Hub's own words."""
    if status == 401:
        return "the Hub refuses the token: run `hf auth login` or set HF_TOKEN to a valid one"
    if status == 403:
        return f"the token may not write there ({first_line(message)}): take one that may"
    again = ": run the same command again" if status >= 500 or status in PASSING else ""
    return f"the Hub answers {status} ({first_line(message)}){again}"


def first_line(text: str) -> str:
    """The first line that says something, without its full stop."""
    return text.strip().partition("\n")[0].rstrip(".")


def main() -> None:
    """Read the flags and publish."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    flags.add_argument("--namespace", required=True, help="your user or organisation on the Hub")
    flags.add_argument("--weights", type=Path, default=WEIGHTS, help="folder with the models")
    given = flags.parse_args()
    try:
        publish(given.weights, given.namespace, HfApi(token=get_token()))
    except (NotPublished, DamagedWeights) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
