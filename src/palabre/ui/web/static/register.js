// The register: exporting the lines people choose.
"use strict";

(() => {
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
