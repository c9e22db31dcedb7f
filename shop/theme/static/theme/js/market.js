/* Comfort on top of pages that work without it: the private fragment, the address picker, the filter sheet. */
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  /* A menu that scrolls sideways shows where one is. */
  for (const current of document.querySelectorAll(".ws-nav [aria-current], .chips [aria-current]")) {
    const strip = current.closest("ul");
    if (strip.scrollWidth > strip.clientWidth) strip.scrollLeft = current.offsetLeft - strip.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2;
  }

  /* Suggestions come with the first step into the search field, not with every page. */
  document.addEventListener("focusin", (event) => {
    const form = event.target.closest?.("form[data-suggest]");
    if (!form?.dataset.with) return;
    document.head.append(Object.assign(document.createElement("script"), { src: form.dataset.with }));
    delete form.dataset.with;
  });

  const fillPrivate = async () => {
    let address = document.body.dataset.fragment;
    if (!address) return;
    if (document.querySelector("button[form=hearts], #results")) address += "?marks=1";
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const me = await answer.json();
      for (const badge of document.querySelectorAll("[data-me-count]")) {
        badge.textContent = me.count > 99 ? "99+" : String(me.count);
        badge.hidden = !me.count;
      }
      if (me.name) for (const label of document.querySelectorAll("[data-me-name]")) label.textContent = me.name;
      for (const form of document.querySelectorAll("form[data-needs-token]")) {
        let token = form.querySelector("input[name=csrfmiddlewaretoken]");
        if (!token) {
          token = document.createElement("input");
          token.type = "hidden";
          token.name = "csrfmiddlewaretoken";
          form.append(token);
        }
        token.value = me.token;
      }
      document.dispatchEvent(new CustomEvent("me", { detail: me }));
    } catch { /* the page works without */ }
  };

  const setUpPicker = (root) => {
    const query = root.querySelector("[data-area-query]");
    const list = root.querySelector("[data-area-list]");
    const code = root.querySelector("[data-area-code]");
    const chosen = root.querySelector("[data-area-chosen]");
    const postcode = root.closest("form").querySelector("[data-area-postcode]");
    let timer = 0;
    let found = [];
    let active = -1;

    const close = () => { list.hidden = true; query.setAttribute("aria-expanded", "false"); query.removeAttribute("aria-activedescendant"); active = -1; };
    const mark = (index) => {
      active = index;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
      if (index >= 0) { query.setAttribute("aria-activedescendant", list.children[index].id); list.children[index].scrollIntoView({ block: "nearest" }); }
    };
    const pick = (area) => {
      code.value = area.code;
      chosen.replaceChildren(Object.assign(document.createElement("b"), { textContent: area.label }));
      if (postcode && !area.postcodes.includes(postcode.value)) postcode.value = area.postcodes.find((one) => query.value.includes(one)) || area.postcodes[0];
      query.value = "";
      close();
      code.dispatchEvent(new CustomEvent("area-picked", { bubbles: true }));
    };
    const show = () => {
      list.replaceChildren(...found.map((area, index) => {
        const item = document.createElement("li");
        item.id = `area-option-${index}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = `${area.label} ${area.postcodes.join(" / ")}`;
        item.addEventListener("mousedown", (event) => { event.preventDefault(); pick(area); });
        return item;
      }));
      list.hidden = !found.length;
      query.setAttribute("aria-expanded", String(Boolean(found.length)));
      active = -1;
    };
    query.addEventListener("input", () => {
      clearTimeout(timer);
      const words = query.value.trim();
      if (words.length < 2) { found = []; close(); return; }
      timer = setTimeout(async () => {
        try {
          const answer = await fetch(`${root.dataset.url}?q=${encodeURIComponent(words)}`);
          if (answer.ok && query.value.trim() === words) { found = (await answer.json()).areas; show(); }
        } catch { /* the selects below still work */ }
      }, 150);
    });
    query.addEventListener("keydown", (event) => {
      if (list.hidden) { if (event.key === "Enter") event.preventDefault(); return; }
      if (event.key === "ArrowDown") { mark(Math.min(active + 1, found.length - 1)); event.preventDefault(); }
      else if (event.key === "ArrowUp") { mark(Math.max(active - 1, 0)); event.preventDefault(); }
      else if (event.key === "Enter") { event.preventDefault(); if (found.length) pick(found[Math.max(active, 0)]); }
      else if (event.key === "Escape") close();
    });
    query.addEventListener("blur", () => setTimeout(close, 150));
  };

  document.querySelectorAll("[data-area-picker]").forEach(setUpPicker);
  const sheet = document.getElementById("filters");
  sheet?.addEventListener("toggle", (event) => { if (event.newState === "open") sheet.querySelector("input, select")?.focus(); });
  document.querySelector(".errors[tabindex]")?.focus();
  for (const select of document.querySelectorAll("select[data-submit]")) select.addEventListener("change", () => select.form.submit());
  fillPrivate();
})();
