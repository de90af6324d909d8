/**
 * Redeems a one-time link: its code stands behind the #, which no server sees and no log has, and is sent by the form of the
 * page that signs in.
 */
export function followLink(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-sign-in]");
  const code = new URLSearchParams(location.hash.slice(1)).get("link");
  if (form === null || code === null) return;
  history.replaceState(null, "", location.pathname + location.search);
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "link";
  field.value = code;
  form.append(field);
  form.noValidate = true;
  form.submit();
}
