"""Name the place of the corner in the address of the lab."""

from ui.shell import address, navigation

CORNER, NAME = "corner", "fine-tuning"


def asked() -> bool:
    """Say whether the address asks for the corner."""
    return address.value(CORNER) == NAME


def link(label: str) -> None:
    """Draw the link to the corner."""
    navigation.link("lab", label, icon=":material/tune:", **{CORNER: NAME})
