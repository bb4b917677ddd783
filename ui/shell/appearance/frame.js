// What Streamlit's frontend leaves to the page: links that open in a new tab, a menu that closes on
// a phone, the top of a new place, and the old position after Back, Forward and a reload.
(() => {
  const PHONE = 768; // below it Streamlit lays the sidebar over the page
  const KEPT = "residual-tops"; // in this tab's storage, for a reload
  const GIVES_UP_MS = 10000; // a page that is still shorter by then is no longer the same page
  const RUNNING = '[data-testid="stApp"]:not([data-test-script-state="notRunning"])';
  const TOUCHED = ["wheel", "touchstart", "pointerdown", "keydown"];

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

  const page = () => document.querySelector('[data-testid="stMain"]');

  function keptTops() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch {
      return {}; // a browser that stores nothing: a reload begins at the top
    }
  }

  function storeTops() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(window.residualTops));
    } catch {}
  }

  // After a click the page may be redrawn, and so shrink, before its address changes: the position
  // of the click counts until somebody scrolls.
  function keepTop(event) {
    if (event.type === "click") window.residualLeaves = true;
    else if (event.type !== "scroll") window.residualLeaves = false;
    if (event.type === "click" || (event.target === page() && !window.residualLeaves)) {
      window.residualTops[location.href] = page()?.scrollTop ?? 0;
    }
  }

  // The place is drawn a moment later.
  function comeBack() {
    const href = location.href;
    window.residualLeaves = true;
    window.residualReturn = { href, top: window.residualTops[href] ?? 0 };
  }

  // What stands above is still being drawn, so the position is only there after a while. Whoever
  // touches the page meanwhile is not moved.
  function restore({ href, top }) {
    const began = performance.now();
    const stop = () => {
      clearInterval(timer);
      for (const touch of TOUCHED) document.removeEventListener(touch, stop, { capture: true });
    };
    const timer = setInterval(() => {
      if (location.href !== href || performance.now() - began > GIVES_UP_MS) return stop();
      page()?.scrollTo({ top });
      const there = page() && Math.abs(page().scrollTop - top) < 2;
      if (there && !document.querySelector(RUNNING)) stop();
    }, 50);
    for (const touch of TOUCHED) document.addEventListener(touch, stop, { capture: true });
  }

  if (!window.residualFrame) {
    window.residualFrame = true;
    window.residualTops = keptTops();
    window.addEventListener("popstate", comeBack);
    window.addEventListener("pagehide", storeTops);
    for (const kept of ["click", "scroll", "wheel", "touchmove", "keydown"]) {
      document.addEventListener(kept, keepTop, { capture: true, passive: true });
    }
    for (const near of ["pointerover", "focusin"]) {
      document.addEventListener(near, completeHome, { capture: true });
    }
    document.addEventListener("click", keepForBrowser, { capture: true });
  }
  document.documentElement.lang = "LANGUAGE";
  const back = window.residualReturn;
  const reloaded = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if (window.residualPlace === undefined && reloaded) {
    comeBack();
    restore(window.residualReturn);
  } else if (window.residualPlace !== undefined && window.residualPlace !== "PLACE") {
    if (back?.href === location.href) restore(back);
    else page()?.scrollTo({ top: 0 });
  }
  window.residualReturn = undefined;
  window.residualPlace = "PLACE";
})();
