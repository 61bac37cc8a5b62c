"""The YAML files of a demo's folder, checked where they come in."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

_Model = TypeVar("_Model", bound=BaseModel)


class DemoError(ValueError):
    """A demo's folder is incomplete or wrong; the message names the file or field."""


def loaded(path: Path, model: type[_Model]) -> _Model:
    """A YAML file of a demo's folder, checked; raises `DemoError`."""
    try:
        return model.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DemoError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DemoError(f"{path} is not UTF-8 YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DemoError(f"{path}, field {where!r}: {first['msg']}") from error
