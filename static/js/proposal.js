// Keeps the page of a search up to date: what bears data-live is replaced, and when the search has
// ended the page is loaded anew. Without scripts the page refreshes itself.

const EVERY = 1500; // milliseconds

async function look() {
  let answer;
  try {
    answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  } catch {
    return setTimeout(look, 4 * EVERY); // the network may come back
  }
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || answer.redirected || !found.querySelector("[data-running]")) {
    return location.replace(location.pathname);
  }
  for (const old of document.querySelectorAll("[data-live]")) {
    const now = found.querySelector(`[data-live="${old.dataset.live}"]`);
    if (now && now.innerHTML !== old.innerHTML) old.replaceChildren(...now.childNodes);
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
