// Single keys in the catalogue: "/" goes to the search, j and k from paper to paper. Whoever
// speaks to a computer, or whose hand slips, switches them off; this browser remembers it.

const KEPT = "papers-keys";
const tool = document.querySelector("[data-keys]");
const choice = tool?.querySelector("[data-keys-switch]");
const search = document.querySelector("[data-search]");
const titles = [...document.querySelectorAll(".papers .title a")];

function remembered() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing
  }
}

function remember() {
  try {
    localStorage.setItem(KEPT, choice.checked ? "on" : "off");
  } catch {
    // for this page it holds all the same
  }
}

function step(by) {
  const at = titles.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : titles.length - 1) : at + by;
  titles[Math.min(Math.max(next, 0), titles.length - 1)]?.focus();
}

function onKey(event) {
  const isTyping = event.target.closest("input, select, textarea, [contenteditable]");
  if (!choice.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { "/": () => search.focus(), j: () => step(1), k: () => step(-1) }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

if (tool && choice && search) {
  choice.checked = remembered();
  choice.addEventListener("change", remember);
  tool.hidden = false;
  document.addEventListener("keydown", onKey);
}
