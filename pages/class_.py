"""Draw the page of a class: what is assigned, who did what, and what goes wrong."""

from ui.class_.class_page import class_page
from ui.shell.appearance.heading import heading
from ui.shell.i18n import t

heading(t("class.heading"), tab=t("page.class_"))
class_page()
