import { relay } from "../../config/schema/relay.ts";
import { dataSchemaUrl } from "../../events/envelope.ts";
import { meanings } from "../../events/meanings.ts";
import { anyEventJsonSchema, dataJsonSchema, dataVersions, eventJsonSchema, titleOf } from "../../events/schemas.ts";
import { type EventType, eventTypes } from "../../events/types.ts";
import { permissions } from "../../login/rules.ts";
import type { JsonSchema } from "../../platform/json-schema/inner.ts";
import { publishSchema } from "../../platform/json-schema/publish.ts";
import { writeSchema } from "../../platform/json-schema/write.ts";
import { describeEvents } from "./asyncapi.ts";
import { examples } from "./examples.ts";

/** A document that is served below `/schemas/`. */
export interface Published {
  /** Below `/schemas/`. */
  readonly path: string;
  readonly title: string;
  readonly about: string;
  readonly kind: "schema" | "example" | "description";
  /** Of what belongs to one type of events. */
  readonly type?: EventType;
  /** Of what has versions, none of which changes once it is published. */
  readonly version?: number;
  /** Made when it is asked for. @param publicUrl where the relay is reached */
  readonly make: (publicUrl: string) => object;
}

/** What belongs to no type of events. */
const general: readonly Published[] = [
  {
    path: "asyncapi.json",
    title: "AsyncAPI",
    about: "the events as an AsyncAPI 3.0 document",
    kind: "description",
    make: describeEvents,
  },
  schema("events.json", "HookEvent", "an event of any type", anyEventJsonSchema),
  schema("config.json", "Configuration", "the configuration of a relay", () => publishSchema(writeSchema(relay))),
  schema("permissions.json", "PermissionMap", "who may log in where", () => publishSchema(writeSchema(permissions))),
];

/** Every published schema, and an example of each event. */
export function published(): Published[] {
  return [...general, ...eventTypes.flatMap(ofType)];
}

/** The document at a path below `/schemas/`. What belongs to other types is not looked at, which takes its time. */
export function publishedAt(path: string): Published | undefined {
  const [, name = ""] = path.split("/");
  const owner = eventTypes.find((type) => name === type || name === `${type}.json`);
  return [...general, ...(owner === undefined ? [] : ofType(owner))].find((document) => document.path === path);
}

function ofType(type: EventType): Published[] {
  const [title, about] = [titleOf(type), meanings[type]];
  const versions = Array.from({ length: dataVersions(type) }, (_, index) => index + 1);
  return [
    { ...schema(`events/${type}.json`, title, about, () => eventJsonSchema(type)), type },
    ...versions.map((version): Published => {
      const path = `data/${type}/${version}.json`;
      return { ...schema(path, `${title}Data`, about, () => dataJsonSchema(type, version)), type, version };
    }),
    {
      path: `examples/${type}.json`,
      title,
      about,
      kind: "example",
      type,
      make: (publicUrl) => ({ ...examples[type], dataschema: dataSchemaUrl(publicUrl, type) }),
    },
  ];
}

function schema(path: string, title: string, about: string, make: () => JsonSchema): Published {
  const withId = (publicUrl: string) => {
    const made = make();
    return { $schema: made.$schema, $id: `${publicUrl}/schemas/${path}`, ...made };
  };
  return { path, title, about, kind: "schema", make: withId };
}
