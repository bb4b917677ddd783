"""What macOS and Windows lack is missing here too, and everything still imports."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

HIDDEN = """
import importlib, os, pathlib, pkgutil, signal, sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
import numpy, pandas, requests, platformdirs, filelock, sqlalchemy, fsrs, psutil, streamlit
import subprocess, multiprocessing, tempfile, shutil, logging.handlers
for name in ("fcntl", "resource", "pwd", "grp", "termios", "pty"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Hidden())
for name in ("fork", "killpg", "setsid", "getuid", "geteuid", "memfd_create"):
    if hasattr(os, name):
        delattr(os, name)
if hasattr(signal, "SIGKILL"):
    del signal.SIGKILL
count = 0
for package in ("base", "resnet_core", "study", "ui"):
    for found in pkgutil.walk_packages([package], package + "."):
        inside = ".nn" in found.name or found.name.endswith("__main__") or ".template" in found.name
        if inside or found.name == "ui.main":
            continue
        importlib.import_module(found.name)
        count += 1
assert "tensorflow" not in sys.modules, "the interface must not bring TensorFlow"
print("imported", count)
"""


def test_every_module_imports_where_the_posix_only_parts_are_missing():
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) > 50
