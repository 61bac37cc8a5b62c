"""Random statements: assignments, branches, loops with their pragmas, calls, early returns."""

from dataclasses import dataclass, replace

from fuzz.expressions import Expressions, is_real, is_wide, width
from fuzz.source import Counter, Place, Scope


@dataclass(frozen=True)
class Parameter:
    """A parameter of a function that the program defines: a value, a reference or an array."""

    name: str
    type: str
    extents: tuple[int, ...] = ()
    form: str = "value"

    @property
    def text(self) -> str:
        if self.form == "pointer":
            inner = "".join(f"[{n}]" for n in self.extents[1:])
            return f"{self.type} (*{self.name}){inner}" if inner else f"{self.type} *{self.name}"
        if self.form == "reference":
            return f"{self.type} &{self.name}"
        return f"{self.type} {self.name}" + "".join(f"[{n}]" for n in self.extents)

    @property
    def place(self) -> Place:
        return Place(self.name + "[{}]" * len(self.extents), self.type, self.extents)


@dataclass(frozen=True)
class Defined:
    """A function that the program defines; a call costs as many operations."""

    name: str
    result: str
    parameters: tuple[Parameter, ...]
    cost: int
    rounds: int


class Statements(Expressions):
    """Statements; `functions` may be called."""

    most_rounds = 400
    """How often a statement may be run in one call."""
    variable_limits = 0.2
    """How many of the counted loops have a limit that the data decide."""

    def any_kind(self) -> str:
        """A type for something new."""
        return self.plain_type()

    def statements(self, scope: Scope, depth: int, most: int = 4) -> None:
        for _ in range(self.random.randint(1, most)):
            self.statement(scope, depth)
            if self.budget < 0:
                return

    def statement(self, scope: Scope, depth: int) -> None:
        branches = depth > 0 and self.budget > 0
        self.weighted(
            [
                (12, self.declaration),
                (40, self.assignment),
                (8 if branches else 0, self.call),
                (14 if branches else 0, self.choice),
                (5 if branches else 0, self.switch),
                (14 if branches and scope.rounds < 100 else 0, self.counted),
                (5 if branches and scope.rounds < 100 else 0, self.guarded),
                (3 if scope.may_leave else 0, self.leaving),
                (1 if scope.may_return and scope.result else 0, self.returning),
            ]
        )(scope, depth)

    def declaration(self, scope: Scope, depth: int) -> None:
        kind, name = self.any_kind(), self.fresh("v")
        self.line(f"{kind} {name} = {self.converted(kind, scope, 2)};")
        scope.places.append(Place(name, kind))

    def assignment(self, scope: Scope, depth: int) -> None:
        places = [p for p in scope.places if p.writable]
        if not places:
            return self.declaration(scope, depth)
        arrays = [p for p in places if p.extents]
        place = self.random.choice(arrays if arrays and self.chance(0.5) else places)
        target = self.placed(place, scope)
        if is_wide(place.type) and self.chance(0.25):
            bits = width(place.type)
            low = self.random.randrange(bits)
            if self.chance(0.5):
                target += f".range({self.random.randrange(low, bits)}, {low})"
                self.line(f"{target} = {self.converted('uint64_t', scope, 1)};")
            else:
                self.line(f"{target}[{self.index(scope, bits)}] = {self.condition(scope)};")
            return None
        how = self.one("=", "=", "+=", "-=") if is_real(place.type) else self.one(
            "=", "=", "=", "+=", "^=", "-=", "*=", "|="
        )  # fmt: skip
        self.line(f"{target} {how} {self.converted(place.type, scope, 2)};")
        return None

    def choice(self, scope: Scope, depth: int) -> None:
        with self.block(f"if ({self.condition(scope)})"):
            self.statements(scope.inner(), depth - 1)
        if self.chance(0.45):
            with self.block("else"):
                self.statements(scope.inner(), depth - 1)

    def switch(self, scope: Scope, depth: int) -> None:
        cases = self.random.randint(2, 5)
        with self.block(f"switch ((int)({self.value(scope, 1)}) & 7)"):
            for number in self.random.sample(range(8), cases):
                with self.block(f"case {number}:", self.one("}", "} break;", "} break;")):
                    self.statements(scope.inner(), depth - 1, 2)
            if self.chance(0.5):
                with self.block("default:"):
                    self.statements(scope.inner(), depth - 1, 2)

    def leaving(self, scope: Scope, depth: int) -> None:
        self.line(f"if ({self.condition(scope)}) {self.one('break', 'continue')};")

    def returning(self, scope: Scope, depth: int) -> None:
        value = self.converted(scope.result, scope, 1)
        self.line(f"if ({self.condition(scope)}) return {value};")

    def counted(self, scope: Scope, depth: int) -> None:
        """A loop with a counter, often with a pragma."""
        trips = self.one(2, 3, 4, 5, 8, 16)
        if scope.rounds * trips > self.most_rounds:
            trips = 2
        name, first, step = self.fresh("i"), self.one(0, 0, 0, 1, 2), self.one(1, 1, 1, 2)
        last = first + (trips - 1) * step
        limit = str(last + 1)
        if is_variable := self.chance(self.variable_limits):
            mask = trips - 1 if trips in (2, 4, 8, 16) else 1
            limit = f"{first} + ((int)({self.leaf(scope)}) & {mask})"
        head = f"for (int {name} = {first}; {name} < {limit}; {name} += {step})"
        if self.chance(0.15) and not is_variable:
            head = f"for (int {name} = {last}; {name} >= {first}; {name} -= {step})"
        copies = self.loop_copies(trips, scope, is_variable)
        inner = scope.inner(Counter(name, first, last), rounds=trips, copies=copies[0])
        self.looped(head, copies[1], inner, depth)

    def loop_copies(self, trips: int, scope: Scope, is_variable: bool) -> tuple[int, str]:
        """How many copies a pragma makes of a loop's body, and the pragma."""
        pragma = self.weighted(
            [
                (8, ""),
                (4, f"PIPELINE II={self.one(1, 1, 2, 3)}"),
                (1, "PIPELINE off"),
                (1, "LOOP_FLATTEN off"),
                (2, "UNROLL factor=2"),
                (0 if is_variable else 2, "UNROLL"),
            ]
        )
        copies = {"UNROLL": trips, "UNROLL factor=2": 2}.get(pragma, 1)
        if scope.copies * copies > 16 or copies > 1 and self.budget < 20 * copies:
            return 1, ""
        return copies, pragma

    def guarded(self, scope: Scope, depth: int) -> None:
        """A loop of `while` or `do`, which data may end."""
        name = self.fresh("w")
        self.line(f"int {name} = (int)({self.value(scope, 1)}) & {self.one(3, 7)};")
        inner = replace(scope.inner(rounds=8), may_leave=True)
        inner.places.append(Place(name, "int", (), False))
        if self.chance(0.4):
            with self.block("do", f"}} while (--{name} > 0);"):
                self.statements(inner, depth - 1, 3)
        else:
            more = f" && ({self.condition(scope)})" if self.chance(0.4) else ""
            self.looped(f"while ({name}-- > 0{more})", "", inner, depth)

    def looped(self, head: str, pragma: str, inner: Scope, depth: int) -> None:
        with self.block(head):
            if pragma:
                self.pragma(pragma)
            if pragma.startswith("PIPELINE II"):  # loops within would be unrolled
                depth = min(depth, 2) if self.budget > 60 else 1
                inner = replace(inner, copies=inner.copies * 2)
            self.statements(replace(inner, may_leave=True), depth - 1)

    functions: tuple[Defined, ...] = ()

    def call(self, scope: Scope, depth: int) -> None:
        """A call of a function, if what the scope holds fits its parameters."""
        for function in self.random.sample(self.functions, len(self.functions)):
            given = [self.given(p, scope) for p in function.parameters]
            affordable = function.cost * scope.copies <= max(self.budget, 0)
            if None in given or not affordable or scope.rounds * function.rounds > 400:
                continue
            self.budget -= function.cost * scope.copies
            name = self.fresh("v")
            arguments = ", ".join(str(text) for text in given)
            self.line(f"{function.result} {name} = {function.name}({arguments});")
            scope.places.append(Place(name, function.result))
            return
        self.assignment(scope, depth)

    def given(self, parameter: Parameter, scope: Scope) -> str | None:
        """An argument for a parameter."""
        if parameter.form == "value" and not parameter.extents:
            return self.converted(parameter.type, scope, 1)
        wanted, rank = parameter.extents, len(parameter.extents)
        fits = [
            p for p in scope.places if p.writable and p.type == parameter.type and _fits(p, wanted)
        ]
        if not fits:
            return None
        place = self.random.choice(fits)
        outer = place.extents[: len(place.extents) - rank]
        text = place.text.format(
            *(self.index(scope, extent) for extent in outer), *("{}" for _ in range(rank))
        )
        if not rank:
            return text
        base = text[: text.index("[{}]", 0)]
        spare = place.extents[-rank] - wanted[0]
        return f"{base} + {self.random.randint(0, spare)}" if spare and self.chance(0.5) else base


def _fits(place: Place, wanted: tuple[int, ...]) -> bool:
    """Whether the last dimensions have room for an array: the first of them may be larger.

    A field of each structure in an array is no array.
    """
    if not wanted:
        return True
    inner = place.extents[-len(wanted) :]
    is_array = place.text.endswith("[{}]" * len(wanted))
    return (
        is_array and len(inner) == len(wanted) and inner[0] >= wanted[0] and inner[1:] == wanted[1:]
    )
