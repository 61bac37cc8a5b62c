"""The pages of the workbench: a view reads the records and draws them."""
