import type { WorkerModule } from "../local/build/worker-modules.ts";
import { paint } from "../terminal.ts";
import type { CloudAccount } from "./cloud/account.ts";
import { findWorker } from "./cloud/look.ts";
import { type SecretToSet, upload } from "./cloud/upload.ts";
import { timed } from "./progress.ts";
import type { Project } from "./project/project.ts";

/**
 * Deploys the Worker, and tells the secrets that were made for it as soon as it may have them, whatever comes then: nobody
 * could ever read them again. What another deploy has set meanwhile stays.
 * @returns those that were set
 */
export async function deployWith(
  build: readonly WorkerModule[],
  planned: readonly SecretToSet[],
  account: CloudAccount,
  project: Project,
): Promise<readonly SecretToSet[]> {
  const { worker } = project.names;
  const there = planned.length === 0 ? [] : ((await findWorker(account, worker))?.secrets ?? []);
  // Only the address moves, and nobody but this plan says where to.
  const secrets = planned.filter(({ name, from }) => from === "plan" || !there.includes(name));
  const environment = { CLOUDFLARE_ACCOUNT_ID: account.id };
  const tellAll = () => tell(secrets, "They may be in force; they are never shown again");
  const interrupted = () => {
    tellAll();
    process.exit(130);
  };
  process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
  try {
    await timed(`deployed ${worker}`, () => upload(project, build, secrets, environment));
    tell(secrets, "Keep these; they are never shown again");
    return secrets;
  } catch (error) {
    const live = await findWorker(account, worker).catch(() => "unknown" as const);
    if (live === "unknown") tellAll();
    else
      tell(
        secrets.filter(({ name }) => live?.secrets.includes(name)),
        "It has these now; they are never shown again",
      );
    throw error;
  } finally {
    process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
  }
}

function tell(secrets: readonly SecretToSet[], heading: string): void {
  const made = secrets.filter(({ from }) => from === "made");
  if (made.length === 0) return;
  console.log(
    ["", `  ${paint("bold", heading)}`, ...made.map(({ name, value }) => `  ${name}=${value}`), ""].join("\n"),
  );
}
