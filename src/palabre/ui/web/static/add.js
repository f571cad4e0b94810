// Adding texts: drop files or a folder on the form, see what is chosen, how far the sending is, then the reading.
// Without this script the same fields and buttons do the same, and the result's page reloads itself.
"use strict";

(() => {
  const form = document.querySelector("form.adding");
  if (!form) return;
  const files = form.querySelector("#files");
  const folder = form.querySelector("#folder");
  const zone = form.querySelector("[data-drop]");
  const list = form.querySelector("[data-chosen-files]");
  const bar = form.querySelector("[data-sending]");
  const button = form.querySelector("button");
  const limits = { files: Number(list.dataset.most), each: Number(list.dataset.each), all: Number(list.dataset.all) };
  zone.hidden = false;

  const chosen = () => [...files.files, ...folder.files];
  const sized = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} ${list.dataset.kb}` : `${(bytes / 1e6).toFixed(1)} ${list.dataset.mb}`);
  const show = () => {
    const some = chosen();
    const total = some.reduce((sum, file) => sum + file.size, 0);
    const over = some.length > limits.files || total > limits.all;
    list.hidden = some.length === 0;
    list.classList.toggle("late", over);
    const lines = some.slice(0, 12).map((file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${sized(file.size)})`;
      if (file.size > limits.each) line.append(` — ${list.dataset.tooLarge}`);
      return line;
    });
    const head = document.createElement("li");
    head.textContent = `${some.length} ${list.dataset.count}, ${sized(total)}${over ? ` — ${list.dataset.tooMany}` : ""}`;
    if (some.length > 12) {
      const more = document.createElement("li");
      more.textContent = "…";
      lines.push(more);
    }
    list.replaceChildren(head, ...lines);
    button.disabled = over;
  };
  files.addEventListener("change", show);
  folder.addEventListener("change", show);

  const within = async (entry) => {
    if (entry.isFile) return [await new Promise((done, failed) => entry.file(done, failed))];
    const reader = entry.createReader();
    const out = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) return out;
      for (const one of some) if (!one.name.startsWith(".")) out.push(...(await within(one)));
    }
  };
  form.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    zone.classList.add("over");
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) zone.classList.remove("over"); });
  form.addEventListener("drop", async (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    zone.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const dropped = entries.length ? (await Promise.all(entries.map(within))).flat() : [...event.dataTransfer.files];
    const all = new DataTransfer();
    for (const file of [...files.files, ...dropped]) all.items.add(file);
    files.files = all.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    if (!chosen().length) return;
    event.preventDefault();
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.upload.addEventListener("progress", (step) => { bar.max = step.total || 1; bar.value = step.loaded; });
    sending.addEventListener("load", () => {
      if (sending.status < 400) { location.assign(sending.responseURL); return; }
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      refused((page.querySelector("#problem") || page.querySelector("main") || page.body).textContent.trim());
    });
    sending.addEventListener("error", () => refused(list.dataset.failed));
    bar.hidden = false;
    button.disabled = true;
    sending.send(new FormData(form));
  });
  const refused = (why) => {
    bar.hidden = true;
    button.disabled = false;
    let notice = document.getElementById("problem");
    if (!notice) {
      notice = document.createElement("p");
      notice.id = "problem";
      notice.className = "notice";
      notice.setAttribute("role", "alert");
      form.before(notice);
    }
    notice.textContent = why;
  };
})();

// The page of an addition that goes on: asked again without being reloaded, so that nobody loses their place.
(() => {
  if (!document.querySelector("[data-going-on]")) return;
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("main");
      if (!answer.ok || !fresh) { location.reload(); return; }
      document.querySelector("main").replaceChildren(...fresh.childNodes);
      document.title = page.title;
    } catch {
      // The server is busy or gone for a moment: the next time may do.
    }
    if (document.querySelector("[data-going-on]")) setTimeout(again, 1200);
  };
  setTimeout(again, 400);
})();
