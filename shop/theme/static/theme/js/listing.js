/* A listing without reloading: htmx brings the results and counts; this keeps addresses short, "back" true, and tells what was found. */
(() => {
  "use strict";
  const listing = document.getElementById("listing");
  const form = document.getElementById("filters");
  if (!listing || !form || !window.htmx) return;
  const results = () => document.getElementById("results");
  let closing = false;
  let timer = 0;
  let sheetAt = 0;

  const remember = () => history.replaceState({ listing: true, y: window.scrollY }, "");

  document.addEventListener("change", (event) => {
    if (event.target.form !== form) return;
    clearTimeout(timer); /* Enter in a price changes and sends at once: one question is enough */
    timer = setTimeout(() => form.requestSubmit(), 0);
  });
  form.addEventListener("submit", (event) => { clearTimeout(timer); closing = Boolean(event.submitter); });

  listing.addEventListener("htmx:configRequest", (event) => {
    const values = event.detail.formData;
    if (!values) return;
    const usual = document.getElementById("sort")?.options[0]?.value; /* the first order is the one nobody asks for */
    for (const [name, value] of [...values.entries()]) if (value === "" || (name === "sort" && value === usual)) values.delete(name);
  });
  listing.addEventListener("htmx:beforeRequest", () => results().setAttribute("aria-busy", "true"));
  const goThere = (event) => { location.href = event.detail.pathInfo.finalRequestPath || event.detail.pathInfo.requestPath; };
  listing.addEventListener("htmx:sendError", goThere);
  listing.addEventListener("htmx:responseError", goThere);

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "results") return;
    sheetAt = form.scrollTop;
    if (event.detail.requestConfig.elt === listing) return;
    remember();
    const path = event.detail.pathInfo.finalRequestPath;
    if (path !== location.pathname + location.search) history.pushState({ listing: true, y: 0 }, "", path);
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target?.id !== "results") return;
    const now = results();
    now.removeAttribute("aria-busy");
    form.scrollTop = sheetAt;
    document.getElementById("listing-said").textContent = now.dataset.said;
    if (closing && form.matches(":popover-open")) { form.hidePopover(); now.scrollIntoView(); }
    closing = false;
    if (document.activeElement === document.body) now.focus({ preventScroll: true });
  });

  window.addEventListener("popstate", async (event) => {
    if (!event.state?.listing) return;
    await htmx.ajax("GET", location.pathname + location.search, { source: listing, target: "#results", swap: "outerHTML", select: "#results" });
    window.scrollTo(0, event.state.y);
  });
})();
