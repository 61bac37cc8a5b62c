"""How people say "at most" and "at least", and numbers with a unit of thousands."""

import re

from prompts.task import Bound

AT_MOST = (
    r"(?:at (?:the )?most|(?:no|not) (?:more|greater|higher|faster|longer|slower) than|"
    r"must(?: not|n't) exceed|(?:not|without) exceed(?:ing)?|max(?:imum|\.)?(?: of)?|up to|"
    r"under|below|less than|fewer than|lower than|smaller than|within|limited to|only|just|<=?|"
    r"(?:a )?(?:budget|limit|cap)(?: of|:| is)?|capped at|stay(?:ing)? (?:under|below|within))"
)
AT_LEAST = (
    r"(?:at (?:the )?least|(?:no|not) (?:less|fewer|lower|slower) than|min(?:imum|"
    r"\.)?(?: of)?|over|"
    r"above|more than|higher than|greater than|faster than|better than|beyond|exceed(?:s|ing)?|>=?)"
)
AFTER_AT_MOST = (
    r"(?:or (?:less|fewer|lower|below|under)|max(?:imum)?|at (?:the )?most|tops|limit|budget)"
)
AFTER_AT_LEAST = r"(?:or (?:more|better|higher|faster|above)|min(?:imum)?|at (?:the )?least)"
BOUND = rf"(?P<bound>(?:{AT_MOST})|(?:{AT_LEAST}))"
AFTER = rf"(?P<after>(?:{AFTER_AT_MOST})|(?:{AFTER_AT_LEAST}))\b(?!\s*\d)"
NUMBER = r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[km](?![a-z]))?"

_LEAST = re.compile(rf"(?:{AT_LEAST})|(?:{AFTER_AT_LEAST})")
_MOST = re.compile(rf"(?:{AT_MOST})|(?:{AFTER_AT_MOST})")


def bound_of(words: str) -> Bound:
    """Whether words such as "no more than" or "or better" bound from above or from below."""
    if _MOST.fullmatch(words):
        return "at most"
    return "at least" if _LEAST.fullmatch(words) else "at most"


def number_of(found: re.Match[str]) -> float:
    """The value of a `NUMBER`, thousands counted as 1000."""
    return float(found["number"]) * {"k": 1e3, "m": 1e6}.get(found["scale"] or "", 1)
