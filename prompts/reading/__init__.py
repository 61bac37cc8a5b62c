"""Requests in plain words understood as tasks, without a model: `read`."""

from prompts.reading.devices import TARGETS
from prompts.reading.problems import MAX_REQUEST
from prompts.reading.read import Reading, read

__all__ = ["MAX_REQUEST", "TARGETS", "Reading", "read"]
