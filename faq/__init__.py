"""The FAQ: its content and its engine. Imports nothing else of the project."""
