// What Streamlit's frontend leaves to the page: links that open in a new tab, a menu that closes on
// a phone, and the top of a new place.
(() => {
  const PHONE = 768; // below it Streamlit lays the sidebar over the page

  function linkOf(event) {
    return event.target.closest?.('a[data-testid="stPageLink-NavLink"]');
  }

  // Its own handler goes to the page here even where the visitor asked for another tab.
  function keepForBrowser(event) {
    const link = linkOf(event);
    if (!link) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) event.stopPropagation();
    else if (window.innerWidth < PHONE && link.closest('[data-testid="stSidebar"]')) closeMenu();
  }

  function closeMenu() {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }

  // Streamlit's link to Home is a bare query: on any other page it would lead back to that page.
  function completeHome(event) {
    const link = linkOf(event);
    const query = link?.getAttribute("href");
    if (query?.startsWith("?")) link.setAttribute("href", new URL(".", location.href).pathname + query);
  }

  if (!window.residualFrame) {
    window.residualFrame = true;
    for (const near of ["pointerover", "focusin"]) {
      document.addEventListener(near, completeHome, { capture: true });
    }
    document.addEventListener("click", keepForBrowser, { capture: true });
  }
  document.documentElement.lang = "LANGUAGE";
  if (window.residualPlace !== undefined && window.residualPlace !== "PLACE") {
    document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
  }
  window.residualPlace = "PLACE";
})();
