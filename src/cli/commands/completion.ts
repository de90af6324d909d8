import { Argument } from "@commander-js/extra-typings";
import { command } from "../arguments.ts";

/** `hookswitch completion` */
export const completionCommand = command(
  "completion",
  "a script that completes commands and options in a shell",
  "completion bash >> ~/.bashrc",
)
  .addArgument(new Argument("<shell>", "whose script").choices(["bash", "zsh", "fish"] as const))
  .action(async (shell, _options, self) => {
    const { printCompletion } = await import("../completion/print.ts");
    if (self.parent !== null) printCompletion(shell, self.parent);
  });
