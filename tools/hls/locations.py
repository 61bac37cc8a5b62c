"""Where code of LLVM is from: a module's debug locations, through the calls that were inlined."""

import re
from pathlib import PurePosixPath

_LOCATION = re.compile(
    r"^(!\d+) = (?:distinct )?!DILocation\(line: (\d+)(?:, column: \d+)?, scope: (!\d+)"
    r"(?:, inlinedAt: (!\d+))?",
    re.M,
)
_SCOPE = re.compile(
    r"^(!\d+) = (?:distinct )?!DI(?:Subprogram|LexicalBlock|LexicalBlockFile)\(.*?file: (!\d+)",
    re.M,
)
_FILE = re.compile(r'^(!\d+) = !DIFile\(filename: "([^"]*)"', re.M)


class Locations:
    """The debug locations of a module's text, by their names there: `!12`."""

    def __init__(self, text: str) -> None:
        self.places = {m[0]: m[1:] for m in _LOCATION.findall(text)}
        self.scopes, self.files = dict(_SCOPE.findall(text)), dict(_FILE.findall(text))

    def __contains__(self, name: str) -> bool:
        return name in self.places

    def way(self, name: str) -> list[tuple[str, int]]:
        """The file and the line of a location, then those of the calls around it, outwards."""
        found = []
        while name in self.places:
            line, scope, name = self.places[name]
            file = self.files.get(self.scopes.get(scope, ""), "")
            found.append((PurePosixPath(file).name, int(line)))
        return found
