"""What pyproject.toml cannot say: the weights, a folder beside the packages, go into the wheel."""

from setuptools import find_packages, setup

ENDINGS = ("css", "js", "json", "md", "safetensors", "svg", "tsv", "txt")
ASSETS = [f"**/*.{ending}" for ending in ENDINGS]

PACKAGES = ["seq_models*", "playground*", "train*"]  # the page shows lines of train's

setup(
    packages=[*find_packages(include=PACKAGES), "seq_models.weights"],
    py_modules=["app"],
    package_dir={"seq_models.weights": "weights"},
    package_data={
        "playground": ASSETS,
        "train": ASSETS,
        "seq_models.weights": ["manifest.json", "*/*"],
    },
)
