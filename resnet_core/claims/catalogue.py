"""Every claim by its name, collected from the files of `each/`: a new file is a new claim."""

import importlib
import pkgutil

from resnet_core.claims import each
from resnet_core.claims.claim import Claim

CLAIMS: dict[str, Claim] = {
    claim.name: claim
    for found in sorted(pkgutil.iter_modules(each.__path__), key=lambda module: module.name)
    for claim in [importlib.import_module(f"{each.__name__}.{found.name}").CLAIM]
}
