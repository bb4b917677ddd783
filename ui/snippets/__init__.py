"""A snippet under its question: editor, run, output."""
