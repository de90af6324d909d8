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
  const read = Object.fromEntries(headers.split("\n").flatMap(readHeader));
  const type = Object.entries(read).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const isMultipart = type.toLowerCase().startsWith("multipart/");
  return { method, url, headers: read, body: isMultipart ? body : body.replaceAll("\r\n", "\n") };
}

/** A line without a colon is no header. */
function readHeader(line: string): [name: string, value: string][] {
  const colon = line.indexOf(":");
  const name = line.slice(0, Math.max(colon, 0)).trim();
  return name === "" ? [] : [[name, line.slice(colon + 1).trim()]];
}
