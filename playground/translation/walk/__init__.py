"""The search step by step: what it weighs, what lives on, what ends and what dies."""

from playground.instrument import Figure, Instrument
from playground.translation.shared import WIDTH

INSTRUMENT = Instrument(
    room=__name__,
    title="Step by step",
    settings=(WIDTH,),
    figures=(
        Figure(
            name="walk",
            caption="The stored search, played: every way on that it weighed, and where it looked",
            code=(
                "seq_models.beam.Beam",
                "playground.reading.searching.live_weights",
                "playground.translation.walk.explain.explain",
            ),
            limits=(
                "What “dies: × 1.5” had to be 1.5 times as likely to live on. At each step all "
                "beginnings have the same length, so they are compared by their log-probability "
                "alone; the length penalty counts only among finished texts."
            ),
        ),
    ),
)
