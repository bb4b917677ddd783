"""Send values, figures and the line of an error out of the snippet's process."""

import json
import os
import sys


class Channel:
    """Write to the handle that the process was started with, and hide it from child processes."""

    def __init__(self, number: int):
        if sys.platform == "win32":
            import msvcrt

            number = msvcrt.open_osfhandle(number, os.O_WRONLY)
        os.set_inheritable(number, False)
        self._pipe = os.fdopen(number, "wb", buffering=0)

    def send(self, head: dict[str, object], body: bytes = b"") -> None:
        """Write one message: a line of JSON, then as many bytes as the line says."""
        view = memoryview(json.dumps({**head, "size": len(body)}).encode() + b"\n" + body)
        while view:
            view = view[self._pipe.write(view) :]

    def close(self) -> None:
        self._pipe.close()
