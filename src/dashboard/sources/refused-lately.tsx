import type * as z from "zod";
import type { readRejections } from "../../api/rejections/list.ts";
import type { Clock } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { InCode } from "../parts/in-code.tsx";
import { Age } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Told = z.output<typeof readRejections.gives>;
type Request = Told["requests"][number];

interface Props {
  readonly of: Pick<Told, "requests">;
  readonly source: string;
  readonly clock: Clock;
}

/** What was refused lately, and what to do about it. */
export function RefusedLately({ of: { requests }, source, clock }: Props) {
  const columns: Column<Request>[] = [
    {
      name: "When",
      cell: ({ at, request }) => (
        <a href={pagePath("refused", request)}>
          <Age at={at} clock={clock} />
        </a>
      ),
    },
    { name: "Why", cell: ({ sentence }) => <InCode text={sentence} /> },
    { name: "Next step", cell: ({ next }) => <InCode text={next} /> },
  ];
  return (
    <>
      <h2>Refused lately</h2>
      {requests.length === 0 ? (
        <p class="note">Nothing of the last 7 days.</p>
      ) : (
        <>
          <Table columns={columns} rows={requests} label="Refused lately" />
          <p>
            <a href={address("/dashboard/refused", { source })}>All that was refused</a>
          </p>
        </>
      )}
    </>
  );
}
