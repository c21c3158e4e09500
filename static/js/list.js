// Ticks what was read on a reading list. They stay in this browser, by paper: what is read on one
// list is read on all.

const KEY = "papers-read";
const items = [...document.querySelectorAll("[data-ticks] .item")];
const box = document.querySelector(".reading");

function stored() {
  try {
    const codes = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(codes) ? codes : []);
  } catch {
    return new Set(); // storage is refused, or holds something else
  }
}

function keep(codes) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...codes]));
  } catch {
    // the ticks hold for this page alone
  }
}

let read = stored();

function show() {
  let count = 0;
  for (const item of items) {
    const isRead = read.has(item.dataset.paper);
    item.querySelector(".tick input").checked = isRead;
    item.classList.toggle("is-read", isRead);
    count += isRead;
  }
  const words = box.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("{read}", count).replace("{all}", items.length);
  box.querySelector("progress").max = items.length;
  box.querySelector("progress").value = count;
}

function addTick(item) {
  const template = document.querySelector("template.reading-tick");
  const label = template.content.firstElementChild.cloneNode(true);
  const title = item.querySelector(".title");
  const input = label.querySelector("input");
  input.setAttribute("aria-label", `${label.textContent.trim()}: ${title.textContent.trim()}`);
  input.addEventListener("change", () => {
    read = stored(); // another page of the site may have ticked others since
    if (input.checked) read.add(item.dataset.paper);
    else read.delete(item.dataset.paper);
    keep(read);
    show();
  });
  item.append(label);
}

if (box && items.length) {
  items.forEach(addTick);
  box.hidden = false;
  box.querySelector(".reading-unread").addEventListener("change", (event) => {
    document.querySelector("[data-ticks]").classList.toggle("hides-read", event.target.checked);
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    read = stored();
    show();
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    read = stored();
    show();
  });
  show();
}
