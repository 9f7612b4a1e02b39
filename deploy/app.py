"""The whole application: serve run deploy.app:playground, or with numbers of one's own:

serve run deploy.app:application pages=2 models=2 cores=0.5
"""

from collections.abc import Mapping
from typing import Any

from ray.serve import Application

from deploy.models import MODELS
from deploy.page import PAGE


def application(numbers: Mapping[str, str]) -> Application:
    """The application.

    numbers: "pages" and "models" are replicas (the models' number follows how many ask where it is
    not given), "cores" what one of them takes of those that the cluster has.
    """
    models: dict[str, Any] = {}
    pages: dict[str, Any] = {"num_replicas": int(numbers.get("pages", 1))}
    if "models" in numbers:
        models = {"num_replicas": int(numbers["models"]), "autoscaling_config": None}
    if "cores" in numbers:
        models["ray_actor_options"] = {"num_cpus": float(numbers["cores"])}
        pages["ray_actor_options"] = models["ray_actor_options"]
    return PAGE.options(**pages).bind(MODELS.options(**models).bind())


playground = application({})
