"""Draw the settings: language, interview day, level, folders, backups, deletion and versions."""

from ui.settings.sections import about, data_parts, learner_parts
from ui.shell.appearance.heading import heading
from ui.shell.i18n import t

heading(t("settings.title"))
learner_parts()
data_parts()
about()
