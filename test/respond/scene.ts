import { type Door, openDoor } from "../intake/door.ts";

export const SECRET = "whsec_aG9va3N3aXRjaC10ZXN0LWFzay1zZWNyZXQtMzJieXQ=";
export const KEY = "vcc-live-key-9f7a";
export const IVR = `/in/vcc/ivr?secret-key=${KEY}`;
export const SEARCH = `/in/vcc/search?secret-key=${KEY}`;

/** The relay's door, with a source `vcc` that has these responders. */
export function openWith(
  responders: object,
  settings: object = {},
  variables: Record<string, string> = {},
): Promise<Door> {
  return openDoor({ vcc: { vendor: "vcc-live", keys: [KEY], responders, ...settings } }, variables);
}

/** What the line about an answered question says. */
export function toldIn(door: Door): Record<string, unknown>[] {
  return door.lines.filter((line) => line.includes('"sync.answered"')).map((line) => JSON.parse(line));
}

/** What an answer said: status, content type and text. */
export async function heard(response: Response): Promise<[number, string | null, string]> {
  return [response.status, response.headers.get("content-type"), await response.text()];
}
