"""The page as a deployment: the page of `app.py`, which asks the models' replicas for answers.

A replica holds what Gradio holds of a session (its queue, its stream, a live training), so that a
browser stays with one (`deploy.sticky`). Streams are computed where they are shown: a live
training, a text written on, many sentences.
"""

import asyncio
from typing import Any

import gradio as gr
from fastapi import FastAPI
from ray import serve
from ray.serve.config import RequestRouterConfig
from ray.serve.handle import DeploymentHandle
from starlette.middleware import Middleware

import app
from deploy.asking import Replicas
from deploy.sticky import Sticky, StickyRouter
from playground import memory
from playground.page import frame
from playground.reading import opening

AT_ONCE = 8  # answers of one tab that a replica asks for at the same moment
STREAMS = 1_000  # requests of browsers that a replica holds open: each open event is one


class Page:
    """A replica."""

    async def __init__(self, models: DeploymentHandle) -> None:  # type: ignore[misc]
        """models: what answers. Serve awaits this method, since here it is one that waits."""
        memory.give_back()
        opening.start()
        self._app = await asyncio.to_thread(mounted, Replicas(models))  # it asks, and so blocks

    def __serve_build_asgi_app__(self) -> FastAPI:
        """What Serve asks for once the replica is made."""
        return self._app


def mounted(backend: Replicas) -> FastAPI:
    """The page as an application, with its look, its layers and its limits."""
    page = frame.build(app.TABS, backend, AT_ONCE)
    page.state_session_capacity = app.SESSIONS
    look: dict[str, Any] = frame.look()
    look["app_kwargs"]["middleware"].insert(0, Middleware(Sticky))
    served: FastAPI = gr.mount_gradio_app(FastAPI(), page, path="/", **look, **app.SERVED)
    return served


PAGE = serve.deployment(
    name="Page",
    num_replicas=1,
    ray_actor_options={"num_cpus": 1},
    max_ongoing_requests=STREAMS,
    request_router_config=RequestRouterConfig(request_router_class=StickyRouter),
    graceful_shutdown_timeout_s=30.0,
)(serve.ingress()(Page))
