"""The levels of a pipelined tree of adders, as the golden models' tables tell the templates."""


def levels(terms, bits):
    """Of each level: its sums (pairs, and one left over if odd), and the bits before and after."""
    found = []
    while terms > 1:
        found.append({"pairs": terms // 2, "odd": terms % 2, "from": bits})
        terms, bits = terms - terms // 2, bits + 1
        found[-1] |= {"count": terms, "bits": bits}
    return found
