"""TensorFlow comes without pandas and Matplotlib, and both can still be imported afterwards."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.tf

CODE = """
import sys
from resnet_core.nn import runtime
assert not {"pandas", "matplotlib"} & set(sys.modules)
assert "tensorflow" in sys.modules and "keras" in sys.modules
import pandas, matplotlib
"""


def test_what_keras_would_take_along_stays_out_and_stays_importable():
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
