// Ctrl K goes to the search field, and what is typed there opens places to go to below it: arrows, Enter, Esc. Half a word of an
// input method is not looked for. Without this the field leads to a page with the same places.
(function () {
  "use strict";
  var field = document.getElementById("search"), place = document.querySelector("[data-go]");
  if (!field || !place) { return; }
  var waiting = 0, asked = null;
  function close() { place.hidden = true; }
  function look() {
    var now = field.value.trim();
    if (now === asked) { place.hidden = false; return; }
    asked = now;
    fetch(place.dataset.go + "?text=" + encodeURIComponent(now), { headers: { "X-Part": "1" }, credentials: "same-origin" })
      .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; })
      .then(function (text) {
        if (now !== asked || !text) { return; }
        place.innerHTML = text;
        place.hidden = false;
      })
      .catch(function () { asked = null; });
  }
  function soon(event) {
    if (event.isComposing) { return; }
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  }
  function step(by) {
    var links = Array.from(place.querySelectorAll("a")), at = links.indexOf(document.activeElement) + by;
    (at < 0 ? field : links[Math.min(at, links.length - 1)] || field).focus();
  }
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229) { return; }
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      field.focus();
      field.select();
      look();
    } else if (!place.hidden && event.key === "Escape") {
      event.preventDefault();
      close();
      field.focus();
    } else if (!place.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp") && field.form.contains(event.target)) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  document.addEventListener("focusin", function (event) { if (!field.form.contains(event.target)) { close(); } });
})();
