"""Draw a snippet under its question: editor, run, output. The runner serves the quiz as well."""
