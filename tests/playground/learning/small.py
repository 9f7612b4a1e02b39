"""A training that takes a second."""

from dataclasses import replace
from typing import Any

from playground.learning.plan import Plan

PLAN = Plan(
    task="backwards", kind="attention", width=8, layers=1, heads=2, positions=True, rate=0.01,
    batch=4, steps=6, seed=1,
)  # fmt: skip


def plan(**changed: Any) -> Plan:
    """`PLAN` with something changed."""
    return replace(PLAN, **changed)
