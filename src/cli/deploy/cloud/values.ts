import type { CloudAccount } from "./account.ts";
import { ApiRefusal } from "./api.ts";

/** What KV has under a key; `unseen`: the answer does not tell whether there is something. */
export type Live =
  | { readonly state: "there"; readonly text: string }
  | { readonly state: "none" | "unseen"; readonly text?: undefined };

/** Reads a value; `none` where the namespace is not made yet. */
export async function readValue(account: CloudAccount, namespace: string | undefined, key: string): Promise<Live> {
  if (namespace === undefined) return { state: "none" };
  try {
    const text = await account.api.read(pathOf(account, namespace, key));
    return text === undefined ? { state: "none" } : { state: "there", text };
  } catch (error) {
    // An answer that is not about keys, but about the path.
    if (error instanceof ApiRefusal && error.status === 404) return { state: "unseen" };
    throw error;
  }
}

/** Puts a value, unless somebody has put one meanwhile. */
export async function putValue(account: CloudAccount, namespace: string, key: string, text: string): Promise<void> {
  if ((await readValue(account, namespace, key)).state === "there") return;
  await account.api.write(pathOf(account, namespace, key), text);
}

function pathOf({ id }: CloudAccount, namespace: string, key: string): string {
  return `accounts/${id}/storage/kv/namespaces/${namespace}/values/${encodeURIComponent(key)}`;
}
