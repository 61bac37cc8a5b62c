"""Lists of words written as text."""


def listed(text: str, separator: str | None = None) -> list[str]:
    """The words of a list: apart by spaces, or by a separator when a word holds spaces."""
    return text.split(separator)
