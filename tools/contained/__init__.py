"""The program that contains another where bubblewrap is not there: by namespaces or by Landlock.

It is started for every command, so it imports little: no `pathlib`, no `typing`, no `dataclasses`.
"""
