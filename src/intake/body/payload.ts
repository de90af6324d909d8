import { isObject, type Json, type JsonObject } from "../../events/json.ts";
import type { Mapping } from "../../vendors/source-settings.ts";
import type { FormBody } from "./form-body.ts";
import { readJsonBody } from "./read-json.ts";

const NAME = "payload";

/** An object that a form carried as JSON text. */
export interface Payload {
  readonly body: JsonObject;
  readonly text: string;
}

/** The object in `payload`, where that is the only field of a form; undefined where it is not, or is no object. */
export function readPayload(form: FormBody, isOurs: (name: string) => boolean): Payload | undefined {
  return isAlone(form, isOurs) ? parsePayload(form) : undefined;
}

/** The object in `payload`, whatever stands beside it; undefined where it is none. A mark may stand before it. */
export function parsePayload({ body }: FormBody, parse?: (text: string) => Json): Payload | undefined {
  const written = Object.hasOwn(body, NAME) ? body[NAME] : undefined;
  if (typeof written !== "string") return undefined;
  const text = written.trim();
  const payload = text.startsWith("{") ? readJsonBody(text, parse) : undefined;
  return isObject(payload) ? { body: payload, text } : undefined;
}

/** Whether a form has no field but `payload`, and none was left out. */
export function isAlone({ body, dropped }: FormBody, isOurs: (name: string) => boolean): boolean {
  return dropped === 0 && Object.keys(body).every((name) => name === NAME || isOurs(name));
}

/** Whether a mapping reads something below `payload`, so that a form must keep it. */
export function namesPayload(mapping: Mapping = {}): boolean {
  const { event, id, time, callId, subject = "" } = mapping;
  const filled = [...subject.matchAll(/\{([^{}]+)\}/g)].map(([, path]) => path);
  return [event, id, time, callId, ...filled].some((path) => path === NAME || path?.startsWith(`${NAME}.`));
}
