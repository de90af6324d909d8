import { command, tokenOption, urlOption, wholeNumber } from "../arguments.ts";

const MAX_LISTED = 200;

const show = command("show", "one replay: what it found, began and skipped", "replays show rpl_01JD")
  .argument("<id>", "rpl_…")
  .option("--json", "prints the relay's answer as it is")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (id, options) => {
    const { showReplay } = await import("../replays/decide.ts");
    await showReplay(id, options);
  });

const start = command("start", "sends exactly what a dry run has found", "replays start rpl_01JD")
  .argument("<id>", "rpl_…")
  .option("--detach", "does not wait until all is begun")
  .option("--json", "prints the relay's last answer as it is")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (id, options) => {
    const { startReplay } = await import("../replays/decide.ts");
    await startReplay(id, options);
  });

const cancel = command("cancel", "ends a replay; what was begun goes on", "replays cancel rpl_01JD")
  .argument("<id>", "rpl_…")
  .option("--json", "prints the relay's answer as it is")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (id, options) => {
    const { cancelReplay } = await import("../replays/decide.ts");
    await cancelReplay(id, options);
  });

/** `hookswitch replays`: lists them, unless a command below says otherwise. */
export const replaysCommand = command("replays", "what was replayed, by whom and why, and how far it is", "replays")
  .option("--limit <number>", "how many at most", wholeNumber(1, MAX_LISTED), 20)
  .option("--json", "prints the relay's answer as it is")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addCommand(show)
  .addCommand(start)
  .addCommand(cancel)
  .action(async (options) => {
    const { listReplays } = await import("../replays/list.ts");
    await listReplays(options);
  });
