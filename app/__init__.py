"""Show: the faces of the workbench: Streamlit views, the command line, and the worker."""
