"""Global variables that are pointers become variables of the top, in LLVM's text.

A pointer of the IR is an object and an index, and lives in no memory. A global that each call sets
before it uses it needs none; for one that does not, the call of `KEPT` stays, and is refused.
"""

import re

KEPT = "pointer_before_the_call"
_GLOBAL = re.compile(r"^@([-\w.$]+) = internal (?:unnamed_addr )?global ptr [^\n]*$", re.M)


def made_local(text: str, top: str) -> str:
    """The module with the pointers that the top alone uses as its own variables."""
    head = re.search(
        rf'^define [^\n]*@"?{re.escape(top)}"?\([^\n]*\{{\n(?:[-\w.$]+:[^\n]*\n)?', text, re.M
    )
    if head is None:
        return text
    end = text.index("\n}\n", head.end())
    body, first = text[head.end() : end], ""
    rest = text[: head.start()] + text[end:]
    for name in _GLOBAL.findall(text):
        used = re.compile(rf"@{re.escape(name)}(?![-\w.$])")
        if len(used.findall(rest)) > 1 or not used.search(body):
            continue  # of another function too, or in a table
        body = used.sub(f"%{name}.kept", body)
        first += (
            f"  %{name}.kept = alloca ptr, align 8\n"
            f"  %{name}.before = call ptr @{KEPT}.{name}() #9999\n"
            f"  store ptr %{name}.before, ptr %{name}.kept, align 8\n"
        )
    if not first:
        return text
    declared = "".join(
        f"declare ptr @{n}() #9999\n" for n in re.findall(rf"@({KEPT}[-\w.$]*)", first)
    )
    pure = "attributes #9999 = { nounwind willreturn memory(none) }\n"
    return f"{text[: head.end()]}{first}{body}{text[end:]}\n{declared}{pure}"
