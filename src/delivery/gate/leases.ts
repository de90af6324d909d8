/** A batch that sends to the destination now, in so many requests at once. */
export interface Lease {
  readonly batch: string;
  readonly lanes: number;
  /** Taken back then, should the batch never report; milliseconds since the epoch. */
  readonly until: number;
}

/** Lends lanes to a batch: as many as it wants, as long as no more than `concurrency` are out. */
export function lend(
  leases: readonly Lease[],
  concurrency: number,
  { batch, lanes: wanted, until }: Lease,
  now: number,
): { leases: readonly Lease[]; lanes: number } {
  const live = leases.filter((lease) => lease.until > now);
  const out = live.reduce((sum, { lanes }) => sum + lanes, 0);
  const lanes = Math.max(0, Math.min(wanted, concurrency - out));
  return { leases: lanes === 0 ? live : [...live, { batch, lanes, until }], lanes };
}

/** Takes back what a batch was lent. */
export function giveBack(leases: readonly Lease[], batch: string): readonly Lease[] {
  return leases.filter((lease) => lease.batch !== batch);
}
