const keys = [
  ["/", "search"],
  ["j", "next row"],
  ["k", "row before"],
  ["Enter", "open the row"],
  ["r", "replay, where there is something to replay"],
  ["?", "these keys"],
] as const;

/** One key does what is done often, wherever nobody is writing. */
export function watchKeys(): void {
  document.addEventListener("keydown", (event) => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (target instanceof Element && target.closest("input, select, textarea, [contenteditable]") !== null) return;
    if (act(key)) event.preventDefault();
  });
}

function act(key: string): boolean {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "?") return showKeys();
  if (key !== "/" && key !== "r") return false;
  const field = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
  return field !== null;
}

/** Rows are links: the one with the focus is where one is. */
function step(by: 1 | -1): boolean {
  const links = [...document.querySelectorAll<HTMLElement>("main tbody tr")]
    .flatMap((row) => row.querySelector<HTMLElement>("a[href], summary") ?? [])
    .filter((link) => link.checkVisibility());
  const here = links.findIndex((link) => link.closest("tr")?.contains(document.activeElement));
  const next = links[here === -1 && by === -1 ? links.length - 1 : here + by];
  next?.focus();
  return next !== undefined;
}

function showKeys(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.keys-help") ?? makeDialog();
  if (!dialog.open) dialog.showModal();
  return true;
}

function makeDialog(): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-help";
  dialog.ariaLabel = "Keys";
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [key, what] of keys) {
    const [term, meaning, shown] = [
      document.createElement("dt"),
      document.createElement("dd"),
      document.createElement("kbd"),
    ];
    shown.textContent = key;
    meaning.textContent = what;
    term.append(shown);
    list.append(term, meaning);
  }
  const close = document.createElement("button");
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(list, close);
  document.body.append(dialog);
  return dialog;
}
