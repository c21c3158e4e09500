// A button that copies the text of a block: <div class="code" data-copy="Copy" data-copied="Copied">.

function addButton(block) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = block.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("pre").textContent);
    button.textContent = block.dataset.copied;
    setTimeout(() => (button.textContent = block.dataset.copy), 2000);
  });
  block.append(button);
}

if (navigator.clipboard) {
  document.querySelectorAll("[data-copy]").forEach(addButton);
}
