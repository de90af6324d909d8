import { isObject, type Json, type JsonObject } from "../../events/json.ts";
import { remembered } from "../../platform/remembered.ts";
import type { Question, Sent } from "../vendor.ts";
import { foldName, has } from "./names.ts";
import {
  ODD,
  type ReadProjects,
  type ReadValue,
  readAgentId,
  readAgentName,
  readId,
  readPrimary,
  readSecondaries,
} from "./question-values.ts";

/** The members that an answer goes by. */
const MEMBERS = ["projectId", "secondaryProjectIds", "userId", "username", "groupId"] as const;
type Member = (typeof MEMBERS)[number];
const ownNames = new Map(MEMBERS.map((member) => [foldName(member), member]));

const NOTHING_ODD: Sent = { dropped: 0, repeated: [] };

/** Whether a body has the shape of a Project Login, also where no URL says so. */
export function looksLikeQuestion(body: Json): boolean {
  return (
    isObject(body) && has(body, "projectId", "secondaryProjectIds") && (has(body, "userId") || has(body, "username"))
  );
}

/**
 * Reads any object as a Project Login, more strictly than a webhook: what is there but cannot be read for certain is
 * told by its name, for a deny may go by it. Every project once, the primary first. Undefined when it is no object.
 */
export function readQuestion(body: Json, sent: Sent = NOTHING_ODD): Question | undefined {
  if (!isObject(body)) return undefined;
  const { values, odd } = collect(body, sent);
  const person = (member: Member, read: (value: Json) => ReadValue) => {
    const [first] = values.get(member) ?? [];
    const reading = first === undefined ? undefined : read(first);
    if (reading === ODD) odd.add(member);
    return reading === ODD || odd.has(member) ? undefined : reading;
  };
  const projects = (member: Member, read: (value: Json) => ReadProjects) =>
    (values.get(member) ?? []).map(read).flatMap((projects) => {
      if (projects.odd) odd.add(member);
      return projects.ids;
    });
  const question = {
    projects: [
      ...new Set([...projects("projectId", readPrimary), ...projects("secondaryProjectIds", readSecondaries)]),
    ],
    userId: person("userId", readAgentId),
    username: person("username", readAgentName),
    groupId: person("groupId", readId),
  };
  const unreadable = [...MEMBERS.filter((member) => odd.has(member)), ...(sent.dropped > 0 ? ["parameters"] : [])];
  return unreadable.length === 0 ? question : { ...question, unreadable };
}

/**
 * The members by their own names. Odd is what stands there more than once, in one spelling or in several, and what has
 * a name that is nearly a member's.
 */
function collect(body: JsonObject, { repeated }: Sent): { values: Map<Member, Json[]>; odd: Set<Member> } {
  const odd = new Set<Member>();
  const values = new Map<Member, Json[]>();
  for (const [name, value] of Object.entries(body)) {
    const member = memberNear(name);
    if (member === undefined) continue;
    const before = values.get(member);
    if (before !== undefined || (name !== member && ownNames.get(foldName(name)) !== member)) odd.add(member);
    if (before === undefined) values.set(member, [value]);
    else before.push(value);
  }
  for (const [name] of repeated) {
    const members = name === undefined ? MEMBERS : [memberNear(String(name))];
    for (const member of members) if (member !== undefined) odd.add(member);
  }
  return { values, odd };
}

/** Names up to this are read in other Unicode forms, too, which takes long for a long one; and remembered. */
const MAX_CAREFUL = 64;
/** A question has five; more are of somebody who makes them up. */
const MAX_KNOWN = 500;

/** The member whose letters a name has, whatever stands between or beside them: `user-id`, `userId `, `userId[`. */
const memberNear = remembered(readMember, { maxTexts: MAX_KNOWN, maxCharacters: MAX_CAREFUL });

function readMember(name: string): Member | undefined {
  const plain = name.length > MAX_CAREFUL ? name : name.normalize("NFKC");
  return ownNames.get(plain.toLowerCase().replaceAll(/[^a-z0-9]/g, ""));
}
