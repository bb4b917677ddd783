"""Simulate a machine without TensorFlow: `pytest -p tests.no_tensorflow -m "not tf"`.

Imports of TensorFlow fail in this process and, through PYTHONPATH, in the processes that tests
start.
"""

import os
import runpy
import sys
from pathlib import Path

SITE = Path(__file__).resolve().parent / "no_tensorflow_site"

assert not {"tensorflow", "keras"} & set(sys.modules), "loaded before it could be hidden"
runpy.run_path(str(SITE / "sitecustomize.py"))
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(SITE), os.environ.get("PYTHONPATH", "")])
)
