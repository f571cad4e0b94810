// The register: views people keep in this browser, and exporting the lines they choose.
"use strict";

(() => {
  const bar = document.querySelector("[data-saved]");
  const form = document.querySelector("[data-save]");
  if (bar) {
    const key = `palabre-views-${bar.dataset.saved}`;
    const read = () => {
      try {
        const kept = JSON.parse(localStorage.getItem(key) || "[]");
        return Array.isArray(kept) ? kept.filter((v) => v && typeof v.name === "string" && typeof v.query === "string") : [];
      } catch {
        return [];
      }
    };
    const show = () => {
      bar.replaceChildren();
      read().forEach((view, place) => {
        const link = document.createElement("a");
        link.href = `${location.pathname}?${view.query}`;
        link.textContent = view.name;
        if (location.search.slice(1) === view.query) link.setAttribute("aria-current", "true");
        const remove = document.createElement("button");
        remove.type = "button";
        remove.className = "drop";
        remove.textContent = "×";
        remove.setAttribute("aria-label", `${bar.dataset.remove} (${view.name})`);
        remove.addEventListener("click", () => {
          const kept = read();
          kept.splice(place, 1);
          localStorage.setItem(key, JSON.stringify(kept));
          show();
        });
        bar.append(link, remove);
      });
    };
    show();
    if (form && location.search.length > 1) {
      form.hidden = false;
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const field = form.querySelector("input");
        const kept = read().filter((view) => view.name !== field.value.trim());
        kept.push({ name: field.value.trim(), query: location.search.slice(1) });
        localStorage.setItem(key, JSON.stringify(kept));
        field.value = "";
        show();
      });
    }
  }

  const chosen = document.querySelector("[data-chosen]");
  if (chosen) {
    const count = () => {
      const number = document.querySelectorAll("input[name=id]:checked").length;
      chosen.hidden = number === 0;
      chosen.textContent = `${chosen.dataset.chosen} (${number})`;
    };
    document.addEventListener("change", (event) => { if (event.target.name === "id") count(); });
    count();
  }
})();
