"""Random kernels of one process: scalars, arrays and structures, functions, all kinds of loops."""

from fuzz.expressions import is_real
from fuzz.program import Program
from fuzz.source import Counter, Place, Scope
from fuzz.statements import Defined, Parameter, Statements
from fuzz.testbench import Argument, testbench

CLOCKS = (50.0, 100.0, 100.0, 200.0, 300.0)
HEADERS = {
    "plain": "#include <stdint.h>\n",
    "wide": '#include <stdint.h>\n#include "ap_int.h"\n',
    "real": "#include <cmath>\n#include <stdint.h>\n",
    "fixed": '#include <stdint.h>\n#include "ap_fixed.h"\n',
}


class Sequential(Statements):
    """A kernel without tasks; what it is of depends on the seed."""

    def __init__(self, seed: int, types: str = "plain") -> None:
        super().__init__(seed)
        self.types = types
        self.structures: dict[str, list[Parameter]] = {}
        self.palette = [self._type() for _ in range(self.random.randint(2, 4))]
        self.sizes = [self.one(4, 8, 16), self.one(3, 5, 6, 7, 12)]
        self.budget = self.total = self.one(10, 15, 25, 40, 60)

    def _type(self) -> str:
        if self.types == "plain":
            return self.plain_type()
        if self.types == "fixed" and self.chance(0.6):
            return self.fixed_type()
        return self.plain_type() if self.chance(0.25) else self.wide_type()

    def any_kind(self) -> str:
        return self.random.choice(self.palette)

    def whole_kind(self) -> str:
        return self.random.choice([t for t in self.palette if not is_real(t)] or ["int32_t"])

    def extents(self) -> tuple[int, ...]:
        """The shape of an array."""
        size = self.random.choice(self.sizes)
        return (self.one(2, 3, 4), size) if self.chance(0.25) else (size,)

    def program(self) -> Program:
        for _ in range(self.one(0, 0, 1, 2)):
            self.structure()
        for _ in range(self.one(0, 0, 1, 2)):
            self.function()
        arguments, scope = self.parameters()
        head = f"{scope.result} top({', '.join(a.text for a in arguments)})"
        with self.block(head):
            self.body(arguments, scope)
        text = HEADERS[self.types] + "\n".join(self.lines) + "\n"
        fields = {name: [f.name for f in inner] for name, inner in self.structures.items()}
        bench = testbench(arguments, fields, fixed=self.types == "fixed")
        return Program(text, bench, self.one(*CLOCKS), self.chance(0.9))

    def body(self, arguments: list[Argument], scope: Scope) -> None:
        for argument in arguments:
            if argument.extents and self.chance(0.2):
                self.cut(argument.name, argument.extents)
        for _ in range(self.one(0, 1, 1, 2, 3)):
            self.declared(scope)
        self.statements(scope, 3, 6)
        while self.budget > self.total // 2:
            self.statements(scope, 3, 6)
        self.line(f"return {self.converted(scope.result, scope, 2)};")

    def parameters(self) -> tuple[list[Argument], Scope]:
        """What the top is called with."""
        arguments, places = [], []
        for number in range(self.random.randint(0, 2)):
            kind = self.any_kind()
            by = "&" if self.chance(0.2) else ""
            arguments.append(Argument(f"s{number}", kind, f"{kind} {by}s{number}"))
            places.append(Place(f"s{number}", kind))
        for number in range(self.random.randint(1, 3)):
            name, kind, extents = f"a{number}", self.any_kind(), self.extents()
            if self.structures and self.chance(0.25):
                kind, extents = self.random.choice(list(self.structures)), extents[-1:]
            written = number > 0 or self.chance(0.5)
            shape = "".join(f"[{n}]" for n in extents)
            text = f"{'' if written else 'const '}{kind} {name}{shape}"
            arguments.append(Argument(name, kind, text, extents))
            whole = Place(f"{name}{'[{}]' * len(extents)}", kind, extents, written)
            places += self.fields_of(whole)
        return arguments, Scope(places, result=self.whole_kind())

    def fields_of(self, whole: Place) -> list[Place]:
        """A place, or those of its fields if it is a structure."""
        if whole.type not in self.structures:
            return [whole]
        return [
            Place(f"{whole.text}.{f.place.text}", f.type, whole.extents + f.extents, whole.writable)
            for f in self.structures[whole.type]
        ]

    def structure(self) -> None:
        """A structure, mostly with arrays side by side."""
        name, size = self.fresh("R"), self.random.choice(self.sizes)
        fields = []
        for _ in range(self.random.randint(2, 4)):
            extents = self.one((), (size,), (size,), (self.random.choice(self.sizes),))
            fields.append(Parameter(self.fresh("f"), self.any_kind(), extents))
        self.structures[name] = fields
        self.line(f"struct {name} {{ {' '.join(f'{f.text};' for f in fields)} }};")

    def declared(self, scope: Scope) -> None:
        """A local array, structure, table or static variable, with its first values."""
        kind, extents, name = self.any_kind(), self.extents(), self.fresh("m")
        roll = self.random.random()
        if roll < 0.2:
            table = ", ".join(self.one("1", "7", "20", "3", "90") for _ in range(extents[-1]))
            self.line(f"static const {kind} {name}[{extents[-1]}] = {{{table}}};")
            scope.places.append(Place(f"{name}[{{}}]", kind, extents[-1:], False))
            return
        if roll < 0.4:
            shape = extents[-1:] if self.chance(0.5) else ()
            first = f" = {self.one('0', '5', '-1')}" if not shape else ""
            self.line(f"static {kind} {name}{''.join(f'[{n}]' for n in shape)}{first};")
            scope.places.append(Place(f"{name}{'[{}]' * len(shape)}", kind, shape))
            return
        if self.structures and self.chance(0.5):
            kind = self.random.choice(list(self.structures))
            extents = self.one((), extents[-1:], extents[-1:])
        self.line(f"{kind} {name}{''.join(f'[{n}]' for n in extents)};")
        if extents and self.chance(0.5):
            self.cut(name, extents)
        for place in self.fields_of(Place(f"{name}{'[{}]' * len(extents)}", kind, extents)):
            self.filled(place, scope)
            scope.places.append(place)

    def filled(self, place: Place, scope: Scope) -> None:
        """Sets all elements of a place."""
        counters = [Counter(self.fresh("z"), 0, extent - 1) for extent in place.extents]
        loops = "".join(
            f"for (int {c.name} = 0; {c.name} <= {c.high}; {c.name}++) " for c in counters
        )
        target = place.text.format(*(c.name for c in counters))
        inner = scope.inner(*counters)
        self.line(f"{loops}{target} = {self.converted(place.type, inner, 1)};")

    def cut(self, name: str, extents: tuple[int, ...]) -> None:
        """ARRAY_PARTITION or ARRAY_RESHAPE of an array."""
        dim = self.random.randint(1, len(extents))
        how = self.one("complete", "cyclic factor=2", "block factor=2", "cyclic factor=3")
        kind = "ARRAY_PARTITION" if self.chance(0.7) else "ARRAY_RESHAPE"
        if how.endswith("3") and extents[dim - 1] < 3 or how == "complete" and extents[dim - 1] > 8:
            how = "cyclic factor=2"
        self.pragma(f"{kind} variable={name} {how} dim={dim}")

    def function(self) -> None:
        """A function with references and arrays, which may call those before it."""
        name, result, before = self.fresh("f"), self.whole_kind(), self.budget
        parameters = []
        for _ in range(self.random.randint(1, 3)):
            kind, given = self.any_kind(), self.fresh("p")
            form = self.one("value", "value", "reference", "array", "array", "pointer")
            extents = self.extents() if form in ("array", "pointer") else ()
            parameters.append(Parameter(given, kind, extents, form))
        self.budget = self.one(6, 15, 25)
        own, self.most_rounds = self.budget, 40
        scope = Scope([p.place for p in parameters], result=result)
        with self.block(f"static {result} {name}({', '.join(p.text for p in parameters)})"):
            if self.chance(0.3):
                self.pragma(self.one("INLINE", "INLINE off"))
            if self.chance(0.2):
                self.declared(scope)
            self.statements(scope, 2, 3)
            self.line(f"return {self.converted(result, scope, 1)};")
        cost = own - self.budget
        self.budget, self.most_rounds = before, Statements.most_rounds
        self.functions = (*self.functions, Defined(name, result, tuple(parameters), cost, 40))


class Overlapping(Sequential):
    """A top with PIPELINE: all of its loops are unrolled, and calls hand static variables on."""

    most_rounds = 8
    variable_limits = 0.0

    def __init__(self, seed: int) -> None:
        super().__init__(seed, ("plain", "wide")[seed % 2])
        self.sizes = [self.one(2, 4), self.one(3, 5)]
        self.budget = self.total = self.one(8, 15, 25)

    def body(self, arguments: list[Argument], scope: Scope) -> None:
        self.pragma(f"PIPELINE II={self.one(1, 1, 1, 2, 3, 5)}")
        for _ in range(self.random.randint(0, 2)):
            kind, name, shape = self.any_kind(), self.fresh("k"), self.one((), (), (8,))
            self.line(f"static {kind} {name}{''.join(f'[{n}]' for n in shape)};")
            scope.places.append(Place(f"{name}{'[{}]' * len(shape)}", kind, shape))
        super().body(arguments, scope)

    def loop_copies(self, trips: int, scope: Scope, is_variable: bool) -> tuple[int, str]:
        return trips, ""

    def guarded(self, scope: Scope, depth: int) -> None:
        self.assignment(scope, depth)

    def function(self) -> None:
        """None: one that is kept apart would have to be waited for."""


def plain(seed: int) -> Program:
    return Sequential(seed).program()


def wide(seed: int) -> Program:
    return Sequential(seed, "wide").program()


def fixed(seed: int) -> Program:
    return Sequential(seed, "fixed").program()


def calls(seed: int) -> Program:
    return Overlapping(seed).program()
