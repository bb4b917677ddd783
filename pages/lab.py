"""Draw the lab, where plain and residual twins train live and their gradients can be watched."""

import streamlit as st

from ui.lab.begin import begin
from ui.lab.corner.corner import corner
from ui.lab.corner.place import asked as corner_asked
from ui.lab.shared_experiment import shared_experiment
from ui.lab.watch.run_view import watch_named
from ui.library.library_page import asked, library_page
from ui.shell import address
from ui.shell.appearance.heading import heading
from ui.shell.appearance.style import wide
from ui.shell.i18n import t
from ui.shell.visitors import access

heading(t("lab.title"))
wide()
run_id = address.value("run")

if access.refusal():
    st.info(access.refusal(), icon=":material/lock:")
elif run_id:
    watch_named(run_id)
elif shared := address.value("experiment"):
    shared_experiment(shared)
elif corner_asked():
    corner()
elif asked():
    library_page()
else:
    begin()
