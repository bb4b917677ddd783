"""Hold everything that imports TensorFlow, and import it first, without what nothing here needs.

Keras takes pandas and Matplotlib along where it finds them, which is a quarter of its import.
"""

import sys

_NOT_NEEDED = [name for name in ("pandas", "matplotlib") if name not in sys.modules]
sys.modules.update(dict.fromkeys(_NOT_NEEDED))  # None: the import says that there is none
try:
    import tensorflow as tensorflow
finally:
    for _name in _NOT_NEEDED:
        del sys.modules[_name]
