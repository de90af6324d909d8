const INDENT = "  ";

/**
 * What a field with `data-editor` can do with a script: its numbers follow its lines, the links of its faults put the
 * cursor there, and Tab indents. Tab leads on as everywhere until something was typed, and again after Escape, so that
 * nobody who has only a keyboard is kept in the field.
 */
export function watchEditors(): void {
  for (const field of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-editor]")) {
    watchLines(field);
    if (!field.readOnly) watchTab(field);
  }
  for (const hint of document.querySelectorAll<HTMLElement>("[data-editor-hint]")) hint.hidden = false;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-editor-of]") : null;
    const field = document.getElementById(link?.dataset.editorOf ?? "");
    if (link === null || !(field instanceof HTMLTextAreaElement)) return;
    // To follow the link would take the focus away again.
    event.preventDefault();
    goTo(field, Number(link.dataset.editorLine), Number(link.dataset.editorColumn ?? 1));
  });
}

function watchLines(field: HTMLTextAreaElement): void {
  const numbers = field.parentElement?.querySelector(".numbers");
  let known = field.value.split("\n").length;
  field.addEventListener("input", () => {
    const lines = field.value.split("\n").length;
    if (lines === known || numbers === null || numbers === undefined) return;
    known = lines;
    field.rows = lines + 1;
    // Where the faults were is not where they are any more.
    numbers.textContent = Array.from({ length: lines }, (_, line) => `${line + 1}\n`).join("");
  });
}

function watchTab(field: HTMLTextAreaElement): void {
  let indents = false;
  field.addEventListener("focus", () => (indents = false));
  field.addEventListener("input", () => (indents = true));
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") indents = false;
    if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || !indents) return;
    event.preventDefault();
    // The one way that leaves a browser's own undo whole.
    document.execCommand("insertText", false, INDENT);
  });
}

function goTo(field: HTMLTextAreaElement, line: number, column: number): void {
  const before = field.value.split("\n").slice(0, line - 1);
  const at = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  field.focus({ preventScroll: true });
  field.setSelectionRange(at, at);
  const box = field.parentElement;
  const height = Number.parseFloat(getComputedStyle(field).lineHeight);
  box?.scrollIntoView({ block: "nearest" });
  box?.scrollTo({ top: height * (line - 1) - box.clientHeight / 3 });
}
