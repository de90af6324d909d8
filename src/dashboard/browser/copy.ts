const TOLD_MS = 1500;

/** A button with `data-copy` copies the text of the element that it names. It shows only where a script can. */
export function watchCopies(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copy]")) button.hidden = false;
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLButtonElement>("button[data-copy]") : null;
    const what = button === null ? null : document.getElementById(button.dataset.copy ?? "");
    if (button === null || what === null) return;
    void navigator.clipboard.writeText(what.textContent.trim()).then(() => {
      const { textContent } = button;
      button.textContent = "Copied";
      setTimeout(() => {
        button.textContent = textContent;
      }, TOLD_MS);
    });
  });
}
