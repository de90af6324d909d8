import * as z from "zod";
import { planName } from "../plan.ts";
import { access } from "./access.ts";
import { alerts } from "./alerts.ts";
import { destination } from "./destination.ts";
import { source, sourceId } from "./source.ts";

/** The document at key `relay` of the `CONFIG` namespace. */
export const relay = z
  .strictObject({
    $schema: z.string().optional().describe("the URL of this schema, for editors"),
    plan: planName
      .optional()
      .describe("Cloudflare's plan of the account: how much is done at once, and what is near a limit"),
    access: access
      .optional()
      .describe(
        "roles of those whom Cloudflare Access has signed in: by e-mail address, else by group, else by domain",
      ),
    alerts: alerts.optional().describe("from when on it is told of what is wrong; the defaults need no tuning"),
    sources: z.record(sourceId, source).describe("accounts of vendors, by an id of your own"),
    destinations: z.record(sourceId, destination).default({}).describe("who gets the events, by an id of your own"),
  })
  .meta({ title: "Configuration", description: "The configuration of a relay: sources and destinations." });

export type RelayDocument = z.infer<typeof relay>;

const keptSource = source.extend({ keys: source.shape.keys.default([]) });
const keptDestination = destination.extend({
  url: destination.shape.url.default(""),
  secrets: destination.shape.secrets.default([]),
});

/** What cannot be without its keys, URL or secrets is still there when these are not understood: its deliveries wait. */
export const keptRelay = relay.extend({
  sources: z.record(sourceId, keptSource),
  destinations: z.record(sourceId, keptDestination).default({}),
});
