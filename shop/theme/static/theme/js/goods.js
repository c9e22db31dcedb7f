/* A group's goods on the phone: photos are made small before they are sent, and what is typed keeps itself. */
(() => {
  "use strict";
  const SIDE = 2400;
  const DAYS = 7;

  /* --- photos ---------------------------------------------------------------------------------------------------- */
  const smaller = async (file) => {
    if (file.size < 1_500_000 && /^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "white"; /* paper under transparent pictures */
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
      return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch {
      return file; /* a kind that this browser cannot open: the server says what it thinks of it */
    }
  };

  const send = (address, form, file, onProgress) => new Promise((done) => {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "code"]) {
      const field = form.querySelector(`input[name=${name}]`);
      if (field) data.append(name, field.value);
    }
    data.append("photo", file);
    const call = new XMLHttpRequest();
    call.open("POST", address);
    call.responseType = "json";
    call.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress(Math.round(event.loaded * 100 / event.total)); });
    call.addEventListener("load", () => done(call.response || {}));
    call.addEventListener("error", () => done(null));
    call.send(data);
  });

  const setUpPhotos = (box) => {
    const form = box.closest("form");
    const bar = box.querySelector("progress");
    const told = box.querySelector("[data-told]");
    const seen = box.querySelector("[data-seen]");
    const mark = form.querySelector("[data-mark]");
    box.addEventListener("change", async (event) => {
      const input = event.target;
      if (!input.matches("input[type=file]") || !input.files.length) return;
      if (!box.dataset.upload) { /* the form itself brings it: only make it small */
        const small = await Promise.all([...input.files].map(smaller));
        const list = new DataTransfer();
        small.forEach((file) => list.items.add(file));
        input.files = list.files;
        return;
      }
      const file = await smaller(input.files[0]);
      if (file.size > Number(box.dataset.most) * 1024 * 1024) {
        told.textContent = box.dataset.heavy;
        input.value = "";
        return;
      }
      told.textContent = box.dataset.sending;
      bar.hidden = false;
      bar.value = 0;
      const answer = await send(box.dataset.upload, form, file, (percent) => { bar.value = percent; });
      bar.hidden = true;
      if (answer?.kept) {
        mark.value = answer.kept;
        input.value = "";
        const image = Object.assign(document.createElement("img"), { src: answer.url, alt: "", width: 160, height: 160 });
        seen.replaceChildren(image);
        told.textContent = box.dataset.there;
      } else if (answer?.error) {
        told.textContent = answer.error;
        input.value = "";
      } else {
        const list = new DataTransfer();
        list.items.add(file);
        input.files = list.files; /* it goes along with the form */
        told.textContent = box.dataset.failed;
      }
    });
  };
  document.querySelectorAll(".sk-photo").forEach(setUpPhotos);

  /* --- what is typed keeps itself -------------------------------------------------------------------------------- */
  const store = {
    read(key) { try { return JSON.parse(localStorage.getItem(`goods:${key}`)); } catch { return null; } },
    write(key, fields) { try { localStorage.setItem(`goods:${key}`, JSON.stringify({ at: Date.now(), fields })); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(`goods:${key}`); } catch { /* nothing kept */ } },
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
  const fieldsOf = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !HIDDEN.has(name));

  const fill = (form, fields) => {
    const values = new Map();
    for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
    for (const field of form.elements) {
      if (!field.name || HIDDEN.has(field.name) || field.type === "file") continue;
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
    form.addEventListener("submit", () => { stopped = true; clearTimeout(timer); if (!keep) store.drop(key); });
    window.addEventListener("online", () => { if (unsent) bring(); });
    const kept = store.read(key);
    if (kept && !document.getElementById("errors") && JSON.stringify(kept.fields) !== JSON.stringify(fieldsOf(form))) {
      fill(form, kept.fields);
      if (status) status.textContent = status.dataset.local;
      bring();
    }
  };
  store.tidy();
  for (const done of document.querySelectorAll("[data-forget]")) store.drop(done.dataset.forget);
  document.querySelectorAll("form[data-key]").forEach(setUpKeeping);

  /* --- the point of a picture that must stay in sight ------------------------------------------------------------- */
  const setUpFocus = (box) => {
    const image = box.querySelector("img");
    const [x, y] = ["x", "y"].map((axis) => box.querySelector(`input[name$=-focus_${axis}]`));
    const dot = document.createElement("span");
    dot.className = "sk-dot";
    image.parentElement.append(dot);
    const place = () => {
      dot.hidden = !x.value || !y.value;
      dot.style.setProperty("left", `${x.value}%`);
      dot.style.setProperty("top", `${y.value}%`);
    };
    image.addEventListener("click", (event) => {
      const frame = image.getBoundingClientRect();
      x.value = Math.round((event.clientX - frame.left) * 100 / frame.width);
      y.value = Math.round((event.clientY - frame.top) * 100 / frame.height);
      place();
    });
    for (const field of [x, y]) field.addEventListener("input", place);
    place();
  };
  document.querySelectorAll("[data-focus]").forEach(setUpFocus);
})();
