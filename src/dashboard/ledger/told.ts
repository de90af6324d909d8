import type * as z from "zod";
import type { ledger } from "../../api/ledger.ts";
import type { ledgerLine } from "../../api/ledger-line.ts";

export type Ledger = z.output<typeof ledger.gives>;
export type Line = z.output<typeof ledgerLine>;
