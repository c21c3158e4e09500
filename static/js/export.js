// "Select all" above the fields of an export in the admin; hidden until this runs.

for (const box of document.querySelectorAll(".export-all")) {
  box.hidden = false;
  box.querySelector("input").addEventListener("change", (event) => {
    const fields = document.querySelectorAll('.selectable-field-export-row > input[type="checkbox"]');
    for (const field of fields) field.checked = event.target.checked;
  });
}
