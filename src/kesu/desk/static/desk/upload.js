// Files of a form: dropped, pasted, or chosen a few at a time. Without this the plain input does the same, once.
(function () {
  "use strict";
  var MOST = 60000000; // bytes of one form; the server reads a little more
  if (typeof DataTransfer !== "function") return;

  function size(bytes) {
    return bytes < 1e6 ? Math.ceil(bytes / 1000) + " kB" : (bytes / 1e6).toFixed(1) + " MB";
  }

  function setUp(box) {
    var input = box.querySelector("input[type=file]");
    var list = document.createElement("ul");
    var files = [];
    list.className = "sent";
    list.setAttribute("aria-live", "polite");
    input.after(list);

    function put() {
      var all = new DataTransfer();
      files.forEach(function (file) { all.items.add(file); });
      input.files = all.files;
      list.replaceChildren();
      files.forEach(function (file, place) {
        var row = document.createElement("li");
        var button = document.createElement("button");
        button.type = "button";
        button.className = "plain";
        button.textContent = box.dataset.remove;
        button.setAttribute("aria-label", box.dataset.remove + " " + file.name);
        button.addEventListener("click", function () { files.splice(place, 1); put(); input.focus(); });
        row.append(file.name + " " + size(file.size) + " ", button);
        list.append(row);
      });
    }

    function add(more) {
      var large = false;
      Array.from(more).forEach(function (file) {
        var total = files.reduce(function (sum, one) { return sum + one.size; }, file.size);
        var there = files.some(function (one) { return one.name === file.name && one.size === file.size; });
        if (total > MOST) large = true;
        else if (!there) files.push(file);
      });
      var around = box.closest("details");
      if (around) around.open = true;
      put();
      if (large) {
        var row = document.createElement("li");
        row.className = "error";
        row.textContent = box.dataset.large;
        list.append(row);
      }
    }

    input.addEventListener("change", function () { add(input.files); });
    box.addFiles = add;
  }

  function boxFor(target) {
    var form = target.closest && target.closest("form");
    return (target.closest && target.closest("[data-upload]")) || (form && form.querySelector("[data-upload]"));
  }

  document.querySelectorAll("[data-upload]").forEach(setUp);
  document.addEventListener("dragover", function (event) {
    if (boxFor(event.target) && Array.from(event.dataTransfer.types).includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    var box = boxFor(event.target);
    if (!box || !event.dataTransfer.files.length) return;
    event.preventDefault();
    box.addFiles(event.dataTransfer.files);
  });
  document.addEventListener("paste", function (event) {
    var box = event.clipboardData && event.clipboardData.files.length && boxFor(event.target);
    if (!box) return;
    event.preventDefault();
    box.addFiles(event.clipboardData.files);
  });
})();
