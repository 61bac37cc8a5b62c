"""The demo library's entries: proven, measured, and told of on the command line."""
