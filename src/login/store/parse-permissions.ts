import { type Parsed, parseDocument } from "../../config/documents/parse.ts";
import { readJsonText } from "../../config/documents/read-json.ts";
import { findFaults } from "../faults.ts";
import { joinRepeated } from "../map/join-repeated.ts";
import { type PermissionsDocument, permissions } from "../rules.ts";
import { recoverPermissions } from "./recover-permissions.ts";

/** Reads the text of a map; one that is not of the schema is told all its faults. */
export function parsePermissions(text: string): Parsed<PermissionsDocument> {
  const parsed = parseDocument(text, permissions, findFaults, joinRepeated);
  if (parsed.state !== "invalid") return parsed;
  return { state: "invalid", faults: [...parsed.faults, ...findFaults(readAnything(text))] };
}

/** Reads the text of a kept version, which was valid once: it is a map whatever became of the schema since. */
export function parseKeptPermissions(text: string): Exclude<Parsed<PermissionsDocument>, { state: "invalid" }> {
  const parsed = parsePermissions(text);
  return parsed.state === "invalid"
    ? { state: "faulty", value: recoverPermissions(text), faults: parsed.faults }
    : parsed;
}

function readAnything(text: string): unknown {
  try {
    return readJsonText(text).value;
  } catch {
    return undefined;
  }
}
