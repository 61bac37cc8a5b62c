"""Scheduling of straight-line code: delays measured by synthesis, SDC as a linear program, ISDC."""
