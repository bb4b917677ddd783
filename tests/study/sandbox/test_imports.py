"""Which waiting process serves a snippet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.sandbox import imports


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("print(1)", "plain"),
        ("import math, os.path", "plain"),
        ("import numpy as np", "numpy"),
        ("def f():\n    from matplotlib import pyplot", "numpy"),
        ("import numpy\nimport keras", "tf"),
        ("from tensorflow.keras import layers", "tf"),
        ("import tensorflow_free", "plain"),
        ("from . import keras", "plain"),
        ("import keras(", "plain"),
        ("'import keras'", "plain"),
    ],
)
def test_a_snippet_is_tagged_by_what_it_imports(code, kind):
    assert imports.kind(code) == kind


@pytest.mark.parametrize(
    "line",
    [
        "tf.config.threading.set_intra_op_parallelism_threads(1)",
        "os.environ['KERAS_BACKEND'] = 'jax'",
        "matplotlib.use('svg')",
        "tf.config.set_visible_devices([], 'GPU')",
    ],
)
def test_what_must_be_set_before_the_import_gets_a_fresh_process(line):
    assert not imports.may_be_warm(f"import os, matplotlib, tensorflow as tf\n{line}")
    assert imports.may_be_warm("import tensorflow as tf\ntf.random.set_seed(0)")


@given(st.text())
def test_any_text_has_a_kind(code):
    assert imports.kind(code) in imports.KINDS
