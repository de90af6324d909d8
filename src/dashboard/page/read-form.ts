import { readAtMost } from "../../platform/read-at-most.ts";
import type { Form } from "./page.ts";

const FORM = "application/x-www-form-urlencoded";

/**
 * The fields of a form that were filled in; of one that was sent more than once, the last. Undefined where it is no form as
 * the dashboard's pages send it, has more than so many bytes, or did not come whole. Never rejects.
 */
export async function readForm({ headers, body }: Request, mostBytes: number): Promise<Form | undefined> {
  const [type = ""] = (headers.get("content-type") ?? FORM).split(";");
  if (type.trim().toLowerCase() !== FORM) return undefined;
  const bytes = await readAtMost(body, mostBytes).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const fields = new URLSearchParams(new TextDecoder().decode(bytes));
  return Object.fromEntries([...fields].filter(([, value]) => value.trim() !== ""));
}
