import type { Form } from "../page/page.ts";

/** A request as `POST /api/rejections/try` takes it. */
export interface Pasted {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Reads a request that was pasted into a form, headers a line each. A form sends each line end as two characters, of which
 * a vendor's JSON has one: only a multipart body keeps both. Pure.
 */
export function readPasted({ method = "POST", url = "", headers = "", body = "" }: Form): Pasted {
  const read = Object.fromEntries(
    headers.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, name = "", value = ""] = /^\s*([^:\s][^:]*?)\s*:\s*(.*)$/.exec(line) ?? [];
      return name === "" ? [] : [[name, value.trim()]];
    }),
  );
  const type = Object.entries(read).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const isMultipart = type.toLowerCase().startsWith("multipart/");
  return { method, url, headers: read, body: isMultipart ? body : body.replaceAll("\r\n", "\n") };
}
