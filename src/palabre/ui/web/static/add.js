// Adding texts: drop files or a folder on the form, see what is chosen, how far the sending is, then the reading.
// Few files are sent at once; many in small lots, one after the other, with how far they are and what became of each.
// Without this script the same fields and buttons do the same for as many files as one sending takes.
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
  const words = list.dataset;
  const limits = { files: Number(words.most), each: Number(words.each), all: Number(words.all) };
  const LOT = { files: 40, bytes: 6e6 };
  const AHEAD = 2;
  const RETRIES = 4;
  const SHOWN = 12;
  zone.hidden = false;

  const chosen = () => [...files.files, ...folder.files];
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const sized = (bytes) => (bytes < 1e6 ? `${number(Math.max(1, Math.round(bytes / 1e3)))} ${words.kb}` : `${number(Math.round(bytes / 1e5) / 10)} ${words.mb}`);
  const item = (text) => {
    const line = document.createElement("li");
    line.textContent = text;
    return line;
  };
  const show = () => {
    const some = chosen();
    const total = some.reduce((sum, file) => sum + file.size, 0);
    const over = some.length > limits.files || total > limits.all;
    list.hidden = some.length === 0;
    list.classList.toggle("late", over);
    const lines = some.slice(0, SHOWN).map((file) => item(`${file.name} (${sized(file.size)})${file.size > limits.each ? ` — ${words.tooLarge}` : ""}`));
    if (some.length > SHOWN) lines.push(item("…"));
    list.replaceChildren(item(`${number(some.length)} ${words.count}, ${sized(total)}${over ? ` — ${words.tooMany}` : ""}`), ...lines);
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
    const entries = [...event.dataTransfer.items].map((each) => each.webkitGetAsEntry && each.webkitGetAsEntry()).filter(Boolean);
    const dropped = entries.length ? (await Promise.all(entries.map(within))).flat() : [...event.dataTransfer.files];
    const all = new DataTransfer();
    for (const file of [...files.files, ...dropped]) all.items.add(file);
    files.files = all.files;
    show();
  });

  form.addEventListener("submit", (event) => {
    const some = chosen();
    if (!some.length) return;
    event.preventDefault();
    const total = some.reduce((sum, file) => sum + file.size, 0);
    if (some.length > LOT.files || total > LOT.bytes) deliver(some);
    else sendAtOnce();
  });

  // One sending: the page of its result says the rest.
  const sendAtOnce = () => {
    const sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.upload.addEventListener("progress", (step) => { bar.max = step.total || 1; bar.value = step.loaded; });
    sending.addEventListener("load", () => {
      if (sending.status < 400) { location.assign(sending.responseURL); return; }
      const page = new DOMParser().parseFromString(sending.responseText, "text/html");
      refused((page.querySelector("#problem") || page.querySelector("main") || page.body).textContent.trim());
    });
    sending.addEventListener("error", () => refused(words.failed));
    bar.hidden = false;
    button.disabled = true;
    sending.send(new FormData(form));
  };
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

  // Many files: lots that one sending takes, the next one sent while the former is read, until all are or it is stopped.
  const lotsOf = (some) => {
    const lots = [];
    let size = 0;
    for (const file of some) {
      const lot = lots[lots.length - 1];
      if (!lot || lot.length >= LOT.files || size + file.size > LOT.bytes) { lots.push([file]); size = file.size; } else { lot.push(file); size += file.size; }
    }
    return lots;
  };
  const wait = (time) => new Promise((done) => { setTimeout(done, time); });

  const deliver = async (some) => {
    const place = document.getElementById("delivery");
    const part = (name) => place.querySelector(`[data-${name}]`);
    const head = part("head");
    const stop = part("stop");
    const resume = part("resume");
    const meter = part("read");
    const counts = { added: 0, known: 0, failed: 0 };
    const tooLarge = some.filter((file) => file.size > limits.each);
    const fit = some.filter((file) => file.size <= limits.each).sort((a, b) => (a.webkitRelativePath || a.name).localeCompare(b.webkitRelativePath || b.name));
    const typed = new FormData(form);
    let stopped = false;
    let sentText = !String(typed.get("text") || "").trim();
    let told = "";

    const outcome = (name, why) => {
      counts.failed += 1;
      part("errors").hidden = false;
      const line = document.createElement("tr");
      for (const text of [name, why]) line.append(Object.assign(document.createElement("td"), { textContent: text }));
      part("errors").querySelector("tbody").append(line);
    };
    // What became of the texts of lots that are being read, as far as they are.
    const under = new Map();
    const say = () => {
      const sums = { ...counts };
      for (const theirs of under.values()) for (const name of Object.keys(sums)) sums[name] += theirs[name];
      const done = sums.added + sums.known + sums.failed;
      meter.value = done;
      const now = words.progress.replace("{done}", number(done)).replace("{all}", number(some.length + (sentText ? 0 : 1)))
        .replace("{added}", number(sums.added)).replace("{known}", number(sums.known)).replace("{failed}", number(sums.failed));
      if (now !== told) part("status").textContent = told = now;
    };

    // The addresses of lots that are being read: to stop is to have each stop after the text it is at.
    const going = new Map();
    const halt = async (address) => {
      const body = new FormData();
      body.append("token", typed.get("token") || "");
      try {
        await fetch(`${address}/stop`, { method: "POST", body });
      } catch {
        // The server is gone: so is what it was reading.
      }
    };

    // Resolves with the page that says what became of a lot; asks again until it is over.
    const taken = async (lot) => {
      const body = new FormData();
      for (const name of ["token", "published", "outlet"]) body.append(name, typed.get(name) || "");
      if (!sentText) { body.append("text", typed.get("text")); body.append("title", typed.get("title") || ""); sentText = true; }
      for (const file of lot) body.append("files", file, file.name);
      let answer = null;
      for (let tried = 1; !answer; tried += 1) {
        try {
          answer = await fetch(form.action, { method: "POST", body });
        } catch {
          // The network is gone for a moment, or the server is.
        }
        // 503: too many others add at this moment.
        if (answer && answer.status !== 503) break;
        answer = null;
        if (tried >= RETRIES || stopped) throw new Error(words.failed);
        await wait(1000 * 2 ** tried);
      }
      const address = answer.url;
      going.set(lot, address);
      if (!answer.ok || !/\/add\/[0-9a-f]+$/.test(new URL(address).pathname)) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        throw new Error((page.querySelector("#problem, main h1") || page.body).textContent.trim());
      }
      // Stopped while it was on its way: it is stopped where it arrived.
      if (stopped) await halt(address);
      for (let missed = 0; ;) {
        if (answer && answer.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), "text/html");
          if (!page.querySelector("[data-going-on]")) return page;
          const sofar = { added: 0, known: 0, failed: 0 };
          for (const row of page.querySelectorAll("tr[data-outcome]")) sofar[row.dataset.outcome] += 1;
          under.set(lot, sofar);
          say();
        } else if ((missed += 1) > RETRIES) throw new Error(words.failed);
        await wait(300);
        answer = await fetch(address).catch(() => null);
      }
    };
    const record = (page) => {
      for (const row of page.querySelectorAll("tr[data-outcome]")) {
        const name = row.cells[0].textContent.trim();
        if (row.dataset.outcome === "failed") {
          const why = row.querySelector("[data-why]").textContent.trim();
          outcome(name, why.startsWith(name) ? why.slice(name.length).replace(/^[\s:]+/, "") : why);
        }
        else counts[row.dataset.outcome] += 1;
      }
      const problem = page.querySelector("[data-stopped]");
      if (problem) throw new Error(problem.textContent.trim());
    };

    const lots = lotsOf(fit);
    const worker = async () => {
      while (lots.length && !stopped) {
        const lot = lots.shift();
        try {
          const withText = !sentText;
          const page = await taken(lot);
          under.delete(lot);
          going.delete(lot);
          record(page);
          if (page.querySelector("[data-halted]")) {
            // Texts are read in the order they were sent: the rest of the lot waits for its turn.
            const read = page.querySelectorAll("tr[data-outcome]").length - (withText ? 1 : 0);
            if (withText && read < 0) sentText = false;
            const rest = lot.slice(Math.max(0, read));
            if (rest.length) lots.unshift(rest);
          }
        } catch (error) {
          under.delete(lot);
          going.delete(lot);
          // What is not known to be there is sent again: a text that is there already is told so, and added no second time.
          lots.unshift(lot);
          stopped = true;
          part("problem").textContent = error.message;
          part("problem").hidden = false;
        }
        say();
      }
    };
    const leaving = (event) => event.preventDefault();
    const run = async () => {
      stopped = false;
      head.textContent = words.reading;
      part("problem").hidden = resume.hidden = part("after").hidden = true;
      stop.hidden = meter.hidden = part("stay").hidden = false;
      stop.disabled = false;
      window.addEventListener("beforeunload", leaving);
      say();
      await Promise.all(Array.from({ length: AHEAD }, worker));
      window.removeEventListener("beforeunload", leaving);
      const left = lots.reduce((sum, lot) => sum + lot.length, 0);
      stop.hidden = true;
      meter.hidden = part("stay").hidden = left === 0;
      resume.hidden = left === 0;
      part("after").hidden = false;
      head.textContent = left ? words.stopped.replace("{left}", number(left)) : words.done;
      document.title = `${head.textContent} · Palabre`;
      head.focus();
    };

    stop.addEventListener("click", () => {
      stopped = true;
      stop.disabled = true;
      head.textContent = words.stopping;
      for (const address of going.values()) halt(address);
    });
    resume.addEventListener("click", run);
    meter.max = some.length + (sentText ? 0 : 1);
    for (const file of tooLarge) outcome(file.name, words.over);
    form.hidden = true;
    for (const other of document.querySelectorAll("[data-before]")) other.hidden = true;
    place.hidden = false;
    head.focus();
    await run();
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
      const held = document.activeElement && document.activeElement.id;
      document.querySelector("main").replaceChildren(...fresh.childNodes);
      document.title = page.title;
      if (held && document.getElementById(held)) document.getElementById(held).focus();
    } catch {
      // The server is busy or gone for a moment: the next time may do.
    }
    if (document.querySelector("[data-going-on]")) setTimeout(again, 1200);
  };
  setTimeout(again, 400);
})();
