"""An event loop in a thread of its own, for tests that wait for something asynchronous."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(work) -> None:
    """Run it in a thread of its own, because Playwright keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
