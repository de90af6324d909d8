import { isObject, type Json, type JsonObject } from "./json.ts";

/** A list or an object that is being written. */
interface Open {
  /** The sorted names of an object's members; a list has none. */
  readonly names: readonly string[] | undefined;
  readonly values: readonly Json[];
  next: number;
}

/**
 * A body as one text, however it was written: names sorted by code unit, lists in order, numbers by their digits as
 * sent, no white space. Two bodies have the same text only if they say the same. Takes no stack, however deep the body.
 */
export function canonicalJson(body: Json): string {
  const parts: string[] = [];
  const stack: Open[] = [{ names: undefined, values: [body], next: 0 }];
  for (let open = stack.at(-1); open !== undefined; open = stack.at(-1)) {
    const { names, values, next } = open;
    const value = values[next];
    if (value === undefined) {
      stack.pop();
      parts.push(names === undefined ? "]" : "}");
      continue;
    }
    open.next = next + 1;
    if (next > 0) parts.push(",");
    if (names !== undefined) parts.push(JSON.stringify(names[next]), ":");
    const inner = openOf(value);
    if (inner === undefined) parts.push(JSON.stringify(value));
    else {
      stack.push(inner);
      parts.push(inner.names === undefined ? "[" : "{");
    }
  }
  // The body stands in a list of one, whose end was written.
  parts.pop();
  return parts.join("");
}

function openOf(value: Json): Open | undefined {
  if (Array.isArray(value)) return { names: undefined, values: value, next: 0 };
  if (!isObject(value)) return undefined;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return { names: members.map(([name]) => name), values: members.map(([, member]) => member), next: 0 };
}

/** A body without the member at a path; in a list, each item without it. */
export function withoutMember(body: Json, path: readonly string[]): Json {
  const [name, ...rest] = path;
  if (Array.isArray(body)) return body.map((item: Json) => withoutMember(item, path));
  const member = name !== undefined && isObject(body) && Object.hasOwn(body, name) ? body[name] : undefined;
  if (name === undefined || member === undefined || !isObject(body)) return body;
  const { [name]: _, ...others } = body;
  return rest.length === 0 ? others : ({ ...others, [name]: withoutMember(member, rest) } satisfies JsonObject);
}
