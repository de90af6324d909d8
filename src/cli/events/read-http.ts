/** A request as it is written in a file. */
export interface WrittenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Reads a request as HTTP writes it: `POST /in/acme-vcc/user HTTP/1.1`, the headers a line each, a blank line, the body as
 * it is. A first line without a method is the address of a POST. Undefined where there is no address. Pure.
 */
export function readHttp(text: string): WrittenRequest | undefined {
  const lines = text.split("\n");
  const blank = lines.findIndex((line) => line.trim() === "");
  const [first = "", ...headers] = blank < 0 ? lines : lines.slice(0, blank);
  const words = first.trim().split(/\s+/);
  const isMethod = /^[A-Za-z]+$/.test(words[0] ?? "");
  const [method, url] = isMethod ? words : ["POST", words[0]];
  if (method === undefined || url === undefined || url === "") return undefined;
  const body = blank < 0 ? "" : lines.slice(blank + 1).join("\n");
  return { method, url, headers: Object.fromEntries(headers.flatMap(readHeader)), body };
}

function readHeader(line: string): [name: string, value: string][] {
  const colon = line.indexOf(":");
  return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}
