import type { EventType } from "../../events/types.ts";
import { version } from "../../version.ts";
import { published } from "./published.ts";

/** What is published, for programs. */
export interface Listing {
  /** Of hookswitch. */
  readonly version: string;
  readonly schemas: readonly Listed[];
  readonly examples: readonly Listed[];
  readonly asyncapi: string;
  readonly openapi: string;
}

interface Listed {
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly type?: EventType | undefined;
  readonly version?: number | undefined;
}

/** @param publicUrl where the relay is reached */
export function listing(publicUrl: string): Listing {
  const listed = (kind: "schema" | "example"): Listed[] =>
    published()
      .filter((document) => document.kind === kind)
      .map(({ path, title, about, type, version }) => {
        return { url: `${publicUrl}/schemas/${path}`, title, description: about, type, version };
      });
  return {
    version,
    schemas: listed("schema"),
    examples: listed("example"),
    asyncapi: `${publicUrl}/schemas/asyncapi.json`,
    openapi: `${publicUrl}/api/openapi.json`,
  };
}
