/** What is known of a relay, to be judged. Times are milliseconds since the epoch; what could not be read is absent. */
export interface Facts {
  readonly now: number;
  /** Where it is reached; undefined for one on the developer's machine. */
  readonly at: string | undefined;
  readonly config: DocumentFacts;
  /** Words about the Worker's own settings. */
  readonly settings: readonly (
    | "public_url_invalid"
    | "admin_token_missing"
    | "admin_token_short"
    | "relay_key_missing"
    | "access_incomplete"
  )[];
  readonly unset: readonly UnsetSecret[];
  readonly maps: readonly (DocumentFacts & { readonly source: string })[];
  readonly log: LogFacts | undefined;
}

/** A reference to a secret that is not set, and where it stands. */
export interface UnsetSecret {
  readonly name: string;
  readonly path: string;
}

/** How a document in KV stands. `faults`: why what stands there is passed over; `faulty`: what is wrong with the one in force. */
export interface DocumentFacts {
  readonly state: "ready" | "missing" | "unreadable";
  readonly faults: readonly PlacedFault[];
  readonly faulty: readonly PlacedFault[];
}

export interface PlacedFault {
  readonly path: string;
  readonly message: string;
}

/** What the log tells. */
export interface LogFacts {
  /** When cron ran last; undefined: never. */
  readonly cron: number | undefined;
  /** From when on what came lately is counted. */
  readonly lately: number;
  readonly sources: readonly SourceFacts[];
  readonly destinations: readonly DestinationFacts[];
  readonly refused: readonly RefusedFacts[];
  /** The newest webhook that became no event, where one did lately. */
  readonly lastFailure: string | undefined;
  readonly spool: { readonly waiting: number; readonly more: boolean; readonly oldest: number | undefined };
  /** What is in the queue of webhooks, and in the one in which they wait for the log. */
  readonly queued: QueueFacts;
  readonly travelling: QueueFacts;
  /** Limits of the plan that are near; `limit`: one word for it. */
  readonly limits: readonly { readonly limit: string; readonly sentence: string }[];
}

/** The messages of a queue, and when the oldest of them was sent, where that is told. */
export interface QueueFacts {
  readonly messages: number;
  readonly oldest: number | undefined;
}

/** A configured source. */
export interface SourceFacts {
  readonly id: string;
  /** When its last webhook or question came. */
  readonly last: number | undefined;
  /** In how many of the last four weeks something came in the hour that is over now. */
  readonly weeks: number;
  readonly silentAfterMinutes: number | undefined;
  /** Whether its hours hold, and held before it was silent for so long; absent where it has none. */
  readonly expected?: boolean | undefined;
  /** Webhooks that became no event lately. */
  readonly failed: number;
  /** Questions to its responders lately, and how many of them got no answer there. */
  readonly questions: { readonly asked: number; readonly unanswered: number };
}

/** Refused requests of a source for one reason, lately; the source `*` is any that is not configured. */
export interface RefusedFacts {
  readonly source: string;
  readonly reason: string;
  readonly times: number;
}

/** A configured destination. */
export interface DestinationFacts {
  readonly id: string;
  readonly paused:
    | { readonly reason: string; readonly since: number | undefined; readonly who?: string | undefined }
    | undefined;
  readonly breaker: BreakerFacts | undefined;
  /** There are too many destinations for all gates to be asked, and this one's was not: of its breaker nothing is known. */
  readonly isUnasked?: true | undefined;
  readonly waiting: number;
  /** When the oldest of what waits was accepted, as far as was looked. */
  readonly oldest: number | undefined;
  /** Not replayed since; `isLeft`: the last of them was given up days ago. */
  readonly dead: {
    readonly deliveries: number;
    readonly more: boolean;
    readonly oldest: number | undefined;
    readonly isLeft?: boolean | undefined;
  };
}

export interface BreakerFacts {
  readonly state: "closed" | "open" | "half_open";
  readonly failures: number;
  readonly since?: number | undefined;
  readonly nextProbe?: number | undefined;
}
