import { command, readRelayUrl, tokenOption } from "../arguments.ts";

/** `hookswitch url` */
export const urlCommand = command("url", "the URL to paste into the vendor", "url acme-vcc --all")
  .argument("[source]", "id of the source in the configuration")
  .argument("[kind]", "kind of webhook, where the vendor does not name it in the body")
  .option("--all", "every kind, of that source or of all, and where in the vendor it goes")
  .option("--base <origin>", "where the vendor reaches the relay (this machine, at PORT or 8787)", readRelayUrl)
  .option("--key <key>", "key of the source, to stand in the URL (from the environment or .dev.vars)")
  .option("--config <file>", "your own configuration (HOOKSWITCH_CONFIG)")
  .option(
    "--url <origin>",
    "relay whose sources are meant (the one that runs on this machine, else the demo's)",
    readRelayUrl,
  )
  .addOption(tokenOption)
  .option("--json", "for programs")
  .usage("[options] <source> [kind]")
  .action(async (source, kind, options) => {
    const { printUrl } = await import("../webhooks/url.ts");
    await printUrl(source, kind, options);
  });
