"""What to ask: tasks, worked examples (demos), and the prompts made of them. Pure text and data."""
