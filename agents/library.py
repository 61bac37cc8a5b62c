"""The `library` designer: instantiates a demo of the library; it needs no model and no network."""

from collections.abc import Generator, Sequence

from agents.designer import Attempt, NoDesign, Proposal
from agents.designers import Settings
from agents.events import Event, Said
from prompts.kernels import known_kernel
from prompts.task import Task


class LibraryDesigner:
    """Builds what the library has, with the parameters and in the language asked for."""

    name = "library"
    model = ""
    repairs = False

    @classmethod
    def create(cls, settings: Settings) -> "LibraryDesigner":
        """It has no settings."""
        del settings
        return cls()

    def propose(self, task: Task, attempts: Sequence[Attempt]) -> Generator[Event, None, Proposal]:
        """Instantiate the task's kernel; raises `NoDesign` when the task names none."""
        kernel = known_kernel(task.kernel)
        if kernel is None:
            raise NoDesign("no kernel of the library fits this request")
        settings = kernel.settle(task.parameters)
        chosen = ", ".join(f"{name} {value}" for name, value in settings.items())
        ending = "; Verilog is made of its C++" if task.language == "hls" else ""
        yield Said("designer", f"{kernel.title} with {chosen}{ending}.")
        return Proposal(kernel.design(settings).only(task.language))
