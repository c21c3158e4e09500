// Shows which sessions and talks are starred in this browser, and stars them where they stand.
// The page is the same for everybody; what is mine is asked for once, at the agenda's address.

const forms = [...document.querySelectorAll("form.star")];
const address = forms[0]?.getAttribute("action"); // .action is the button of that name

function mark(form, isOn) {
  const button = form.querySelector("button");
  button.setAttribute("aria-pressed", isOn);
  button.value = isOn ? "unstar" : "star"; // what the form would send by itself
}

function markAll(codes) {
  for (const form of forms) mark(form, codes.includes(form.elements.code.value));
}

let asked = Promise.resolve();

// One after the other: the answer to the first star brings the key that the second one needs.
function ask(where, options) {
  const answer = asked
    .then(() => fetch(where, { headers: { Accept: "application/json" }, ...options }))
    .then((told) => (told.ok ? told.json() : null));
  asked = answer.catch(() => null);
  return answer;
}

async function refresh() {
  const codes = await ask(`${address}?starred`).catch(() => null); // offline: as it was
  if (codes) markAll(codes);
}

async function toggle(event) {
  const form = event.target;
  if (form.dataset.refused) return; // the server says why, on a page of its own
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const codes = await ask(address, { method: "POST", body }).catch(() => undefined);
  if (codes) markAll(codes);
  if (codes !== null) return;
  form.dataset.refused = "yes";
  form.requestSubmit(event.submitter);
}

if (forms.length) {
  refresh();
  for (const form of forms) form.addEventListener("submit", toggle);
  addEventListener("pageshow", (event) => event.persisted && refresh()); // back from the agenda
}
