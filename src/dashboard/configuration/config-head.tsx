import type * as z from "zod";
import type { configStatus } from "../../api/config/status.ts";
import type { Visit } from "../page/visit.ts";
import { Moment } from "../parts/moment.tsx";
import { whoWrote } from "../parts/who-wrote.ts";
import { Remarks } from "./remarks.tsx";

interface Props {
  readonly status: z.output<typeof configStatus.gives>;
  readonly visit: Visit;
}

/** Which version is in force, since when and by whom, and what is wrong or remarkable about it. */
export function ConfigHead({ status: { version, faulty, remarks, passedOver, faults }, visit: { clock } }: Props) {
  return (
    <>
      <p class="lead">
        {version === undefined ? (
          "None is in force yet: every webhook is refused."
        ) : (
          <>
            Version {version.version}, {version.who === "kv" ? whoWrote(version.who) : `by ${version.who}`}, since{" "}
            <Moment at={version.since} clock={clock} />. <a href="/dashboard/configuration/versions">All versions</a>
          </>
        )}
      </p>
      {passedOver ? (
        <div class="fault" role="alert">
          <p>What somebody put into KV by hand is invalid, and is passed over:</p>
          <Remarks of={faults} />
        </div>
      ) : null}
      {faulty.length === 0 ? null : (
        <div class="fault" role="alert">
          <p>It is in force, and faulty; what a fault is about is held:</p>
          <Remarks of={faulty} />
        </div>
      )}
      {remarks.length === 0 ? null : (
        <details>
          <summary>
            {remarks.length} {remarks.length === 1 ? "remark" : "remarks"}
          </summary>
          <Remarks of={remarks} />
        </details>
      )}
    </>
  );
}
