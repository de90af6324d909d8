import { looksLikePhone } from "../../events/marks/trait.ts";
import { tellsOf } from "../../events/subject.ts";
import { isAtLeast, type Role } from "../people/role.ts";
import type { Classed, Exposure } from "./exposure.ts";

/** Stands where something is hidden. */
export const MASKED = "***";
/** Digits that are shown of a phone number. */
const MAX_SHOWN_DIGITS = 4;
/** RFC 3339, or a day. */
const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

/** Told of what a mask did. */
export interface Masking {
  /** Whether anything of a person was hidden. */
  hidden: boolean;
}

/** Makes a copy of a value with what its reader may not see as `***`; what no schema names is left out. */
export type Mask = (value: unknown, masking: Masking) => unknown;

/** The mask of what an answer has at one place, for a role. It looks at no schema any more. */
export function maskFor(exposure: Exposure, role: Role): Mask {
  if (exposure.all === undefined) return maskByKind(exposure, role);
  const mask = maskOf(exposure.all, role);
  return mask === show ? show : (value, masking) => (isNothing(value) ? value : mask(value, masking));
}

/** Of a number, a text, a list and an object each by what is said of it. */
function maskByKind(exposure: Exposure, role: Role): Mask {
  const { plain = false, words, times = false, text, items, members, entries } = exposure;
  const ofText = text === undefined ? hide : maskOf(text, role);
  const ofItem = items && maskFor(items, role);
  const ofObject = members === undefined ? entries && maskEntries(entries, role) : maskMembers(members, role);
  return (value, masking) => {
    if (isNothing(value)) return value;
    if (typeof value === "string") {
      if (words?.has(value) === true || (times && TIME.test(value))) return value;
      return ofText(value, masking);
    }
    if (typeof value !== "object") return plain ? value : hide(value, masking);
    if (Array.isArray(value)) {
      return ofItem === undefined ? hide(value, masking) : value.map((item) => ofItem(item, masking));
    }
    if (plain && JSON.isRawJSON(value)) return value;
    return (ofObject ?? hide)(value, masking);
  };
}

/** What tells of nobody. */
function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === "";
}

const hide: Mask = (_value, masking) => {
  masking.hidden = true;
  return MASKED;
};

const show: Mask = (value) => value;

/** What is of no person is a text or a number: whatever else stands there nobody has thought of. */
const showScalar: Mask = (value, masking) => {
  return typeof value === "object" && !JSON.isRawJSON(value) ? hide(value, masking) : value;
};

/** Whether a role sees all that is classed so. */
function seesAll(classed: Classed, role: Role): boolean {
  if (classed === "open" || role === "admin") return true;
  return (classed === "user_name" || classed === "agent_id") && isAtLeast({ role }, "supervisor");
}

function maskOf(classed: Classed, role: Role): Mask {
  if (seesAll(classed, role)) return classed === "open" ? showScalar : show;
  switch (classed) {
    case "agent_id":
      return (value, masking) => (typeof value === "string" && isNumber(value) ? value : hide(value, masking));
    case "subject":
      return maskSubject(seesAll("user_name", role));
    case "phone":
      return maskPhone;
    default:
      return hide;
  }
}

function maskSubject(seesNames: boolean): Mask {
  return (value, masking) => {
    if (typeof value !== "string") return hide(value, masking);
    const { whom, kind } = tellsOf(value);
    const isShown = whom === "thing" || whom === "agent" || (whom === "user_name" && seesNames);
    return isShown ? value : `${kind}${hide(value, masking)}`;
  };
}

/** What is no phone number, although it stands where one does, may be a name. */
const maskPhone: Mask = (value, masking) => {
  const hidden = hide(value, masking);
  if (typeof value !== "string" || !looksLikePhone(value)) return hidden;
  const digits = value.replace(/\D/g, "");
  return digits.length > MAX_SHOWN_DIGITS ? `${hidden}${digits.slice(-MAX_SHOWN_DIGITS)}` : hidden;
};

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}

function maskMembers(members: ReadonlyMap<string, Exposure>, role: Role): Mask {
  const masks = new Map([...members].map(([name, exposure]) => [name, maskFor(exposure, role)]));
  return (value, masking) => {
    const masked: Record<string, unknown> = {};
    const given: Readonly<Record<string, unknown>> = Object(value);
    for (const name of Object.keys(given)) {
      const mask = masks.get(name);
      if (mask === undefined) masking.hidden = true;
      else masked[name] = mask(given[name], masking);
    }
    return masked;
  };
}

function maskEntries({ names, values }: NonNullable<Exposure["entries"]>, role: Role): Mask {
  const maskName = maskFor(names, role);
  const maskValue = maskFor(values, role);
  return (value, masking) =>
    Object.fromEntries(
      Object.entries(Object(value)).flatMap(([name, member]) =>
        // Names that were masked alike would be one.
        maskName(name, masking) === name ? [[name, maskValue(member, masking)]] : [],
      ),
    );
}
