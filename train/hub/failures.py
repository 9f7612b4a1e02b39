"""Why something could not be put on the Hub, in one line that says what to do about it."""

from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError, HTTPError, OfflineModeIsEnabled

PASSING = (409, 412, 429)  # refusals that time heals: two at once, too many


class NotPublished(RuntimeError):
    """Not all is on the Hub; the message says why."""


def reason(error: BaseException, api: HfApi) -> str:
    """Why an upload failed, and what to do about it, in one line."""
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
