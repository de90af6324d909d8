import { InvalidArgumentError } from "@commander-js/extra-typings";
import { command, jsonOption, tokenOption, urlOption } from "../../arguments.ts";

/** The number of a version, or its hash. */
const VERSION = /^(?:[0-9a-f]{16}|\d{1,15})$/;

/** `hookswitch config rollback` */
export const rollbackCommand = command(
  "rollback",
  "puts an older version in force again, as the newest one",
  "config rollback 12",
)
  .argument("<version>", "number or hash of the version; config versions lists them", readVersion)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (version, options) => {
    const { rollBackConfig } = await import("../../config/rollback.ts");
    await rollBackConfig(version, options);
  });

function readVersion(text: string): string {
  if (VERSION.test(text)) return text;
  throw new InvalidArgumentError("It has to be the number or the hash of a version.");
}
