"""Set TensorFlow up as the worker of two arms does, before anything is computed."""

from contextlib import suppress

with suppress(ImportError):  # these tests are skipped then
    from resnet_core.nn import runtime

    runtime.prepare(2)
