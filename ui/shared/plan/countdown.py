"""Word the time until the interview."""

from ui.shell.i18n import t


def until(days: int) -> str:
    """Return the number of days in words."""
    if days > 1:
        return t("today.days", days=days)
    return t("today.days_1" if days == 1 else "today.days_0")
