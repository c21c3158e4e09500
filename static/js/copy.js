// A button that copies the text or the field of a block: <div data-copy="Copy" data-copied="Copied">.

function addButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = block.dataset.copy;
  button.addEventListener("click", async () => {
    const source = block.querySelector("pre, input");
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    button.textContent = block.dataset.copied;
    setTimeout(() => (button.textContent = block.dataset.copy), 2000);
  });
  block.append(button);
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(addButton);
}
