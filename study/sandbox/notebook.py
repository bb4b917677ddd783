"""Write a snippet as a Jupyter notebook, format 4.5."""

import hashlib
import json


def notebook(title: str, words: str, code: str) -> str:
    """Return the JSON of a notebook, not yet run, with a cell of words and a cell of code."""
    cells = [
        {**_cell("markdown", f"# {title}\n\n{words}")},
        {**_cell("code", code), "execution_count": None, "outputs": []},
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    data = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _cell(kind: str, text: str) -> dict:
    name = hashlib.sha256(f"{kind}{text}".encode("utf-8", "surrogatepass")).hexdigest()[:8]
    lines = text.rstrip("\n").splitlines(keepends=True)
    return {"cell_type": kind, "id": name, "metadata": {}, "source": lines}
