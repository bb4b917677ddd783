"""Draw the plan of the day or, for a newcomer, what the app is and where to begin."""

from ui.home.today import running, today
from ui.home.welcome import welcome
from ui.shared import review_log
from ui.shell.appearance.heading import heading
from ui.shell.i18n import t
from ui.shell.visitors import login

heading(t("home.title"), tab=t("page.home"))
if login.person():
    from ui.class_.live.invitation import invitation

    review_log.spoken(invitation)
running()
if review_log.begun():
    review_log.spoken(today)
else:
    welcome()
