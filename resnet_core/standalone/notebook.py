"""Write the parts of a script as a Jupyter notebook, each under a text that explains it."""

import json

from base.catalogue import catalogue
from resnet_core.standalone.script import about, parts, title
from resnet_core.standalone.subject import Subject


def notebook(subject: Subject, language: str = "en") -> str:
    """Return the notebook (nbformat 4) as JSON, with its texts in the language."""
    texts = catalogue(language)
    cells = [_text(f"# {title(subject)}\n\n{about(subject, language)}", "about")]
    for part in parts(subject, folder='""'):
        heading = texts[f"standalone.{part.key}"]
        cells.append(_text(f"## {heading}\n\n{texts[f'standalone.{part.key}_why']}", part.key))
        cells.append(_code(part.code, f"{part.key}-code"))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    whole = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _text(text: str, key: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": _lines(text)}


def _code(code: str, key: str) -> dict[str, object]:
    return {
        "cell_type": "code",
        "id": key,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": _lines(code.strip("\n")),
    }


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
