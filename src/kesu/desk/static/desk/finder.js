// While somebody types who and what a form is about, what is known already of it is shown beside it. Half a word of an input
// method is not looked for: the search waits for the end of the composition. Nothing is kept in the browser.
(function () {
  "use strict";
  var WATCHED = ["f-complainant", "f-phone", "f-item", "f-batch", "f-product", "f-order-number"];
  var place = document.querySelector("[data-finder]");
  var who = document.querySelector(WATCHED.map(function (name) { return "main form[data-drafted] [name=" + name + "]"; }).join());
  var form = who && who.form;
  if (!place || !form) { return; }
  var out = place.querySelector("[aria-live]"), waiting = 0, asked = "";
  function answered() {
    return Array.from(form.elements).filter(function (one) {
      return /^like-/.test(one.name) && (one.checked || one.type === "hidden");
    });
  }
  function look() {
    var sent = new FormData();
    WATCHED.concat("csrfmiddlewaretoken").forEach(function (name) {
      var field = form.elements[name];
      if (field && field.value) { sent.append(name, field.value); }
    });
    var now = WATCHED.map(function (name) { return sent.get(name) || ""; }).join("\n");
    if (now === asked) { return; }
    asked = now;
    if (!now.trim()) { place.hidden = true; return; }
    fetch(place.dataset.finder + (place.dataset.of || ""), { method: "POST", body: sent, headers: { "X-Part": "1" }, credentials: "same-origin" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) {
        if (now !== asked || !text) { return; }
        var said = answered();
        out.innerHTML = text;
        said.forEach(function (one) {
          var again = out.querySelector('[name="' + one.name + '"][value="' + one.value + '"]');
          if (again) { again.checked = true; if (one.type === "hidden") { one.remove(); } }
        });
        place.hidden = false;
      })
      .catch(function () { asked = ""; });
  }
  function soon(event) {
    if (event.isComposing || WATCHED.indexOf(event.target.name) < 0) { return; }
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  }
  look();
  form.addEventListener("input", soon);
  form.addEventListener("compositionend", soon);
  out.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fill]");
    var field = button && form.elements[button.dataset.fill];
    if (field) { field.value = button.dataset.value; field.focus(); look(); }
  });
})();
