/* What is typed keeps itself on the phone, and where there is a draft on the server too: a line may drop at any moment. */
(() => {
  "use strict";
  const DAYS = 7;
  const ARRIVES = 30; /* minutes within which the page after a sending is looked for */

  /* --- what is typed keeps itself -------------------------------------------------------------------------------- */
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(`goods:${key}`)); } catch { return null; } },
    write(key, fields, sent = 0) { try { localStorage.setItem(`goods:${key}`, JSON.stringify({ at: Date.now(), fields, sent })); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(`goods:${key}`); } catch { /* nothing kept */ } },
    /* What was sent and has arrived: the page after it says so. Without that word it stays, for a line may break in between. */
    dropSent() {
      try {
        const here = [...document.querySelectorAll("form[data-key]")].map((form) => `goods:${form.dataset.key}`); /* shown again: not saved */
        const sent = Object.keys(localStorage).filter((one) => one.startsWith("goods:") && !here.includes(one))
          .map((one) => [one.slice(6), this.read(one.slice(6))?.sent || 0]).filter(([, at]) => Date.now() - at < ARRIVES * 6e4);
        sent.sort((one, other) => other[1] - one[1]);
        if (sent.length) this.drop(sent[0][0]);
      } catch { /* nothing kept */ }
    },
    tidy() {
      try {
        for (const key of Object.keys(localStorage).filter((one) => one.startsWith("goods:"))) {
          const kept = this.read(key.slice(6));
          if (!kept || Date.now() - kept.at > DAYS * 864e5) localStorage.removeItem(key);
        }
      } catch { /* nothing kept */ }
    },
  };
  const HIDDEN = new Set(["csrfmiddlewaretoken", "code", "kept", "seen", "act"]);
  const fieldsOf = (form) => [...new FormData(form)]
    .filter(([name, value]) => typeof value === "string" && !HIDDEN.has(name) && form.elements[name]?.type !== "hidden");

  const fill = (form, fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || HIDDEN.has(field.name) || field.type === "file" || field.type === "hidden") continue;
      const kept = values.get(field.name) || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
      else if (kept.length) field.value = kept[0];
    }
  };

  const setUpKeeping = (form) => {
    const { key, keep } = form.dataset;
    const status = form.querySelector("[data-status]");
    let timer = 0;
    let unsent = false;
    let stopped = false;
    const clock = () => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    const bring = async () => {
      if (!keep || stopped) return;
      const data = new FormData(form);
      for (const name of ["camera", "photo", "act"]) data.delete(name);
      try {
        const answer = await fetch(keep, { method: "POST", body: data, credentials: "same-origin" });
        if (answer.status === 409 || answer.status === 404) { stopped = true; return; }
        if (!answer.ok) throw new Error(String(answer.status));
        unsent = false;
        status.textContent = `${status.dataset.kept} ${clock()}`;
      } catch {
        unsent = true;
        status.textContent = status.dataset.local;
      }
    };
    form.addEventListener("input", (event) => {
      if (event.target.type === "file") return;
      store.write(key, fieldsOf(form));
      if (!keep && status) status.textContent = status.dataset.local;
      clearTimeout(timer);
      timer = setTimeout(bring, 2000);
    });
    form.addEventListener("submit", (event) => {
      if (navigator.onLine === false) { /* the page would be gone, and nothing sent */
        event.preventDefault();
        event.stopImmediatePropagation(); /* its button stays one */
        store.write(key, fieldsOf(form));
        if (status) status.textContent = status.dataset.away || status.dataset.local;
        return;
      }
      stopped = true;
      clearTimeout(timer);
      if (!keep) store.write(key, fieldsOf(form), Date.now());
    }, true);
    window.addEventListener("online", () => { if (unsent) bring(); });
    const kept = store.read(key);
    if (kept && !document.getElementById("errors") && JSON.stringify(kept.fields) !== JSON.stringify(fieldsOf(form))) {
      fill(form, kept.fields);
      if (status) status.textContent = status.dataset.local;
      bring();
    }
  };
  store.tidy();
  if (document.querySelector(".toasts .success")) store.dropSent();
  for (const done of document.querySelectorAll("[data-forget]")) store.drop(done.dataset.forget);
  document.querySelectorAll("form[data-key]").forEach(setUpKeeping);
})();
