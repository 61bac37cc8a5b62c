"""Build and measure: each EDA tool is a plain typed function from a design to a `Report`."""
