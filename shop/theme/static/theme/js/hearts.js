/* The account: hearts and followed groups without leaving the page. The buttons are those of the form `hearts`; `name` says what a press does. */
(() => {
  "use strict";
  document.querySelector(".acc-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); /* the strip of the account on the phone */
  const form = document.getElementById("hearts");
  if (!form) return;
  let signedIn = false;
  let marked = null; /* what this person marked, once it is known */
  let last = { button: null, at: 0 }; /* the second press of a double click is none */
  const buttons = (part = document) => part.querySelectorAll("button[form=hearts]");
  const marksFor = (button) => marked["follow" in button.dataset ? "follows" : "favourites"];

  const show = (button, on) => {
    button.name = on ? "remove" : "add";
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(on));
  };

  const say = (text, failed) => {
    let box = document.getElementById("said");
    if (!box) {
      box = Object.assign(document.createElement("p"), { id: "said" });
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    box.className = `toast said ${failed ? "error" : "success"}`;
    box.textContent = text;
    clearTimeout(box.timer);
    box.timer = setTimeout(() => { box.className = "vh"; }, 4000);
  };

  const showAll = (part) => { if (marked) for (const button of buttons(part)) show(button, marksFor(button).has(button.value)); };

  document.addEventListener("me", (event) => {
    const me = event.detail;
    signedIn = me.signed_in;
    if (!me.favourites) return;
    marked = { favourites: new Set(me.favourites.map(String)), follows: new Set(me.follows.map(String)) };
    showAll(document);
  });
  document.addEventListener("htmx:load", (event) => showAll(event.target)); /* goods that htmx brought come from a kept page, without marks */

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!signedIn || !button) return;
    event.preventDefault();
    if (button.ariaBusy === "true" || (last.button === button && event.timeStamp - last.at < 700)) return;
    last = { button, at: event.timeStamp };
    button.ariaBusy = "true";
    const address = button.getAttribute("formaction") || form.action;
    try {
      const answer = await fetch(address, { method: "POST", body: new FormData(form, button), headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.status === 401) { location.href = (await answer.json()).login; return; }
      const done = await answer.json();
      if (answer.ok && marked) {
        marksFor(button)[done.on ? "add" : "delete"](button.value);
        showAll(document);
      }
      say(done.text, !answer.ok);
    } catch { signedIn = false; form.requestSubmit(button); }
    finally { button.ariaBusy = null; }
  });
})();
