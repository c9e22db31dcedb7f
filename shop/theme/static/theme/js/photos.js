/* Photos on their way from a phone: made small before they are sent, their sending shown. */
(() => {
  "use strict";
  const SIDE = 2400;

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

  /* One after the other: a phone cannot hold many unpacked photos at once. */
  const makeSmall = async (input, say) => {
    const list = new DataTransfer();
    const files = [...input.files];
    for (const [number, file] of files.entries()) {
      if (file.size >= 1_500_000) say(files.length > 1 ? `${number + 1}/${files.length}` : "");
      list.items.add(await smaller(file));
    }
    input.files = list.files;
  };

  /* A form that is sent while its photos are still made small waits for them. */
  const waiting = new WeakMap();
  const work = (form, promise) => {
    const all = Promise.all([waiting.get(form), promise]).finally(() => { if (waiting.get(form) === all) waiting.delete(form); });
    waiting.set(form, all);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!waiting.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const again = () => (waiting.has(form) ? waiting.get(form).then(again, again) : form.requestSubmit(event.submitter));
    again();
  }, true);

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
    const take = async (input) => {
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
    };
    box.addEventListener("change", (event) => {
      const input = event.target;
      if (input.matches("input[type=file]") && input.files.length) work(form, take(input));
    });
  };
  document.querySelectorAll("[data-upload]").forEach(setUpPhotos);

  /* The form itself brings them: they are only made small. */
  const setUpSmall = (form) => {
    const told = form.querySelector("[data-small-told]");
    form.addEventListener("change", (event) => {
      const input = event.target;
      if (!input.matches("input[type=file]") || !input.files.length || input.closest("[data-upload]")) return;
      const say = (where) => { if (told) told.textContent = `${told.dataset.working} ${where}`; };
      work(form, makeSmall(input, say).finally(() => { if (told) told.textContent = ""; }));
    });
  };
  document.querySelectorAll("form[data-small]").forEach(setUpSmall);
})();
