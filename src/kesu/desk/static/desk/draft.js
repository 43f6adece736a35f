// Keeps a form on the server: no half word of an input method, no password, no file. Nothing in the browser.
(function () {
  "use strict";
  var form = document.querySelector("[data-drafted]"), line = document.querySelector("[data-drafts]");
  if (!form || !line) { return; }
  var said = line.querySelector("[aria-live]"), changed = false, composing, sending, over;

  function tell(text) {
    if (text) { said.textContent = text; line.hidden = false; }
  }
  function failed() { changed = true; tell(line.dataset.failed); }
  function keep(last) {
    if (!changed || composing || over || (sending && !last)) { return; }
    var sent = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "password") { sent.append(name, value); }
    });
    changed = false;
    sending = true;
    fetch(line.action, { method: "POST", body: sent, keepalive: !!last })
      .then(function (answer) {
        over = over || answer.status === 401 || answer.status === 409;
        changed = changed || answer.status === 429;
        if ((answer.headers.get("Content-Type") || "").indexOf("text/plain")) { return failed(); }
        return answer.text().then(tell);
      })
      .catch(failed)
      .then(function () { sending = false; });
  }
  function mark() { changed = true; }
  form.addEventListener("input", mark);
  form.addEventListener("change", mark);
  form.addEventListener("compositionstart", function () { composing = true; });
  form.addEventListener("compositionend", function () { composing = false; mark(); });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) { event.preventDefault(); }
  });
  form.addEventListener("submit", function (event) {
    if (!event.submitter || event.submitter.formTarget !== "_blank") { over = true; }
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden) { keep(true); } });
  setInterval(keep, 2000);
})();
