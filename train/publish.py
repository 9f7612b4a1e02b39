"""Put the models, or the page, on the Hugging Face Hub: python -m train.publish --namespace NAME.

Each model of weights/manifest.json goes to the repository NAME/MODEL, in one commit of exactly the
files that the manifest lists; one that is there already, byte for byte, keeps its revision. When
all are there, and not before, the manifest gets NAME and their revisions. Stopped half-way, it is
as it was, and the same command goes on from there.

    python -m train.publish --space OWNER/NAME [--dry-run]

makes the page a Space out of a clean checkout, in one commit; the dry run prints the SHA-256, bytes
and path of every file that would be pushed, and asks nobody. The token is the Hub client's own (`hf
auth login` or HF_TOKEN), and so is the Hub (HF_ENDPOINT).
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from huggingface_hub import HfApi, get_token

from seq_models import manifest
from seq_models.manifest import FILE, WEIGHTS, DamagedWeights, Manifest
from train.hub import space
from train.hub.failures import NotPublished, reason
from train.hub.repository import Content, upload

CHECKOUT = Path(__file__).parent.parent
NO_TOKEN = "there is no token for the Hub: run `hf auth login` or set HF_TOKEN"


def publish(weights: Path, namespace: str, api: HfApi) -> Manifest:
    """Upload what the Hub lacks, print a line for each model, and write the manifest.

    api: with a token that may write to `namespace`, a user or an organisation. Raises NotPublished,
    or DamagedWeights if the files are not what the manifest says; the manifest is then as it was.
    """
    before = manifest.read(weights)
    contents = {name: checked(weights, before, name) for name in all_names(weights, before)}
    if not api.token:
        raise NotPublished(NO_TOKEN)
    fate = f"is not published, {FILE} is unchanged"
    revisions = {
        name: uploaded(api, f"{namespace}/{name}", content, fate)
        for name, content in contents.items()
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


def uploaded(api: HfApi, repository: str, content: Content, fate: str, kind: str = "model") -> str:
    """The revision that holds `content`, told in a line. Raises NotPublished for every failure.

    fate: what is then told of the repository.
    """
    try:
        revision, is_new = upload(api, repository, content, kind)
    except Exception as error:  # of whatever kind: whoever runs this gets a sentence
        raise NotPublished(f"{repository} {fate}: {reason(error, api)}") from error
    print(f"{repository}: {'uploaded' if is_new else 'already there'}, {revision}", flush=True)
    return revision


def write(weights: Path, after: Manifest) -> None:
    """Write the manifest. Raises NotPublished where that cannot be done."""
    try:
        manifest.write(weights, after)
    except OSError as error:
        told = f"{weights / FILE} cannot be written ({error.strerror}) and is unchanged"
        raise NotPublished(f"the models are on the Hub, but {told}: run it again") from error


def publish_space(checkout: Path, name: str, api: HfApi, dry_run: bool = False) -> None:
    """Make the Space `name` (OWNER/NAME) hold the page of a clean checkout, told in a line.

    dry_run: print what would be pushed, and ask nobody. Raises NotPublished, or DamagedWeights.
    """
    content = space.content(checkout)
    listed = manifest.read(checkout / "weights")
    for model in all_names(checkout / "weights", listed):
        checked(checkout / "weights", listed, model)
    if dry_run:
        print(space.listing(content))
        return
    if not api.token:
        raise NotPublished(NO_TOKEN)
    uploaded(api, name, content, "is not published and stays as it was", "space")


def main() -> None:
    """Read the flags and publish."""
    flags = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    what = flags.add_mutually_exclusive_group(required=True)
    what.add_argument("--namespace", help="the models: your user or organisation on the Hub")
    what.add_argument("--space", metavar="OWNER/NAME", help="the page: the Space's name")
    flags.add_argument("--weights", type=Path, default=WEIGHTS, help="folder with the models")
    flags.add_argument("--dry-run", action="store_true", help="of a Space: what would be pushed")
    given = flags.parse_args()
    if given.dry_run and not given.space:
        flags.error("--dry-run goes with --space")
    try:
        api = HfApi(token=get_token())
        if given.space:
            publish_space(CHECKOUT, given.space, api, given.dry_run)
        else:
            publish(given.weights, given.namespace, api)
    except (NotPublished, DamagedWeights) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
