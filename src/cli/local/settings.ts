import { resolve } from "node:path";
import { type Environment, readPort } from "../arguments.ts";
import { Refusal } from "../refusal.ts";
import { inProject } from "./project-path.ts";

/** Where wrangler looks unless it is told otherwise. */
export const usualState = inProject(".wrangler/state");

/** Where the state of a busy relay is: what goes wrong there is not to be found by one on which all is well. */
const busyState = inProject(".wrangler/busy");

/** What the environment says about the relay on this machine. */
export interface LocalSettings {
  readonly port: number;
  readonly sinkPort: number;
  /** Folder of the local state; wrangler calls it `--persist-to`. */
  readonly state: string;
  /** File of the operator's own configuration. */
  readonly config?: string | undefined;
  /** Folder of the operator's own permissions, `<source>.json`. */
  readonly permissions?: string | undefined;
  /** Whether what goes wrong in life is added to the demo. */
  readonly busy?: boolean | undefined;
}

/** Reads the settings; paths are taken from the current folder. */
export function readSettings(environment: Environment, busy = false): LocalSettings {
  const port = readPort(environment, "PORT", 8787);
  const sinkPort = readPort(environment, "SINK_PORT", 8788);
  if (port === sinkPort) throw new Refusal(`PORT and SINK_PORT are both ${port}; relay and sink need one each`);
  const [config, permissions] = [readPath(environment.HOOKSWITCH_CONFIG), readPath(environment.HOOKSWITCH_PERMISSIONS)];
  if (busy && (config ?? permissions) !== undefined) {
    throw new Refusal("--busy brings a configuration and maps of its own; leave yours out");
  }
  const state = readPath(environment.HOOKSWITCH_STATE) ?? (busy ? busyState : usualState);
  return { port, sinkPort, state, config, permissions, busy };
}

function readPath(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : resolve(text);
}
