"""Measurements: each compares what Siliwright does with the plain way, as ratios in one run."""
