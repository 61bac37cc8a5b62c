"""Ways in which people ask for a kernel, with what has to be understood of each."""

from pydantic import BaseModel, ConfigDict, RootModel

from prompts.sheet import Setting


class Request(BaseModel):
    """A request in plain words; what is not said of it here is not checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: str
    parameters: dict[str, Setting] = {}
    target: str = "ecp5-25k"
    clock: float = 50
    language: str = "both"
    limits: list[str] = []
    """Constraints as they are told back: "LUTs at most 300"."""


class Requests(RootModel[list[Request]]):
    """What `requests.yaml` of a demo holds."""
