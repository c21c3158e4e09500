// Light or dark, as the reader chose. Not a module: it runs before the first paint, so that a
// page in the dark does not flash. The choice stays in this browser; "system" forgets it. Django's
// admin keeps its own under the same key, so that one choice holds for both.

const KEY = "theme";
const root = document.documentElement;

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is refused in some private windows
  }
}

function apply(theme) {
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  } else {
    delete root.dataset.theme;
  }
}

function keep(theme) {
  try {
    if (theme === "system") {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // the choice holds for this page alone
  }
}

apply(stored());

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".theme");
  if (!box) return;
  const current = root.dataset.theme || "system";
  for (const input of box.querySelectorAll("input")) {
    input.checked = input.value === current;
  }
  box.hidden = false;
  box.addEventListener("change", (event) => {
    apply(event.target.value);
    keep(event.target.value);
  });
});

window.addEventListener("storage", (event) => {
  if (event.key === KEY) apply(event.newValue);
});
