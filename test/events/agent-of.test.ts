import { expect, it } from "vitest";
import { agentOf } from "../../src/events/agent-of.ts";

it.each([
  [
    { agent: { id: "41", username: "nora", name: "Nora Kovacs", email: "nora@example.com" } },
    { id: "41", username: "nora" },
  ],
  [{ agent: { username: "nora" }, user: { id: "7" } }, { username: "nora" }],
  [{ agent: { extension: "101" }, user: { id: "7" } }, { id: "7" }],
  [{ agent: { id: "x".repeat(129), username: "nora" } }, { username: "nora" }],
  [{ agent: { id: "" } }, undefined],
  [{ call: { id: "7" } }, undefined],
])("of %j it is %j", (data, agent) => {
  expect(agentOf({ data })).toEqual(agent);
});
