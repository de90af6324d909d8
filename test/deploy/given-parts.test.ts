import { expect, it, onTestFinished } from "vitest";
import { Scene } from "./scene.ts";

it("uses parts that wrangler.toml names, under their ids and names, and makes none beside them", async () => {
  const scene = await new Scene().open();
  onTestFinished(() => scene.close());
  const { id: config } = scene.cloud.makeNamespace("chosen-config");
  const { id: maps } = scene.cloud.makeNamespace("chosen-maps");
  const { uuid: log } = scene.cloud.makeDatabase("chosen-log");
  for (const queue of ["chosen-events", "hookswitch-retries", "hookswitch-dead"]) scene.cloud.makeQueue(queue);
  const named = scene.folder
    .read("wrangler.toml")
    .replace('binding = "CONFIG"', `binding = "CONFIG"\nid = "${config}"`)
    .replace('binding = "PERMISSIONS"', `binding = "PERMISSIONS"\nid = "${maps}"`)
    .replace('database_name = "hookswitch-log"', `database_name = "chosen-log"\ndatabase_id = "${log}"`)
    .replaceAll('queue = "hookswitch-events"', 'queue = "chosen-events"');
  scene.folder.write("wrangler.toml", named);
  const { code, err, changes } = await scene.deploy("--yes");
  expect([code, err]).toEqual([0, ""]);
  expect(changes.filter((change) => /^POST (?:storage|d1\/database$|queues$)/.test(change))).toEqual([]);
  const bindings = scene.bindings();
  expect(bindings.get("CONFIG")).toMatchObject({ namespace_id: config });
  expect(bindings.get("EVENTS")).toMatchObject({ queue_name: "chosen-events" });
  expect(scene.consumers()).toMatchObject({ "chosen-events": ["hookswitch"], "hookswitch-dead": ["hookswitch"] });
});
