/* The hub's field for codes: what was typed is selected for the next scan; the camera reads where the browser can. Without it one types. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-scan]");
  if (!form) return;
  const field = form.querySelector("input[name=code]");
  if (field.autofocus) { field.focus(); field.select(); }
  window.addEventListener("pageshow", (event) => { if (event.persisted) field.select(); });

  const offer = form.querySelector("[data-camera]"), eye = form.querySelector("[data-eye]"), sorry = form.querySelector("[data-no-camera]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const video = eye.querySelector("video");
  let stream = null, timer = 0;
  const close = () => {
    clearTimeout(timer);
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    eye.hidden = true;
    offer.hidden = false;
  };
  const look = async (detector) => {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    if (!stream) return;
    if (found.length) {
      field.value = found[0].rawValue;
      navigator.vibrate?.(60);
      close();
      form.requestSubmit();
      return;
    }
    timer = setTimeout(look, 150, detector);
  };
  const open = async () => {
    sorry.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      sorry.hidden = false;
      field.focus();
      return;
    }
    video.srcObject = stream;
    offer.hidden = true;
    eye.hidden = false;
    await video.play();
    look(new BarcodeDetector({ formats: ["qr_code", "code_128"] }));
  };
  BarcodeDetector.getSupportedFormats().then((formats) => { offer.hidden = !formats.includes("qr_code"); });
  offer.querySelector("button").addEventListener("click", open);
  eye.querySelector("button").addEventListener("click", close);
  window.addEventListener("pagehide", close);
})();
