import type { KindDraft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";
import type { ContentKind } from "./kinds.ts";
import { personSchema, readAgent } from "./people.ts";
import { hasOneOf, shares } from "./shape.ts";
import { normalizeWord } from "./words.ts";

const PEOPLE: ReadonlySet<string> = new Set(["user", "agent"]);
/** Members that only a person has. */
const PERSONAL = ["email", "extension", "sip_account", "role_name", "employee_id"] as const;

/** Whether the content may be what the envelope says it is, under an event of this kind. */
export function entityFits(entity: string | undefined, kind: ContentKind): boolean {
  return entity === undefined || kind.entities.includes(normalizeWord(entity));
}

/** Whether a person came under the name of an event that is about something else, as the overview's own sample does. */
export function describesPerson(members: JsonObject, entity: string | undefined, kind: ContentKind): boolean {
  if (!entityFits(entity, kind) && PEOPLE.has(normalizeWord(entity))) return shares(members, personSchema);
  const { id: _, ...rest } = members;
  return hasOneOf(members, PERSONAL) && !shares(rest, kind.schema);
}

/** The event of its name, with the person as its agent and nothing else. */
export function draftOfPerson(content: EnvelopeContent, type: ContentKind["type"]): KindDraft {
  const agent = readAgent(content.members);
  const data = { agent, tenant: content.tenant };
  return { ...frame(content), type, subject: subjects.agent(agent), data };
}
