"""Ask and decide: the designers, and the design loop as a generator of events."""
