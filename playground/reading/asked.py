"""What every tab that reads French asks of a person, besides the text."""

from playground.settings import Toggle

AS_TYPED = Toggle(name="as_typed", label="Read exactly as typed")
"""Off: capitals, missing accents and a missing mark at the end are repaired, and that is told."""
