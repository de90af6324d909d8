import type { Ledger } from "./told.ts";

type Entry = readonly [name: string, number: number, note?: string];

/** Both sides of the two accounts, as a book has them: what came in, and what became of it. */
export function Account({
  of: { webhooks, deliveries, replays, logins, questions, uncounted = [] },
}: {
  readonly of: Ledger;
}) {
  const { accepted, events, duplicates, failed, unread, unrouted } = webhooks;
  const isWaitingCounted = !uncounted.includes("waiting");
  return (
    <div class="columns">
      <Book
        name="Webhooks"
        left={[["accepted", accepted]]}
        right={[
          ["events", events, unrouted === 0 ? undefined : `${unrouted} of them no destination wanted`],
          ["duplicates", duplicates],
          ["failed", failed],
          [
            "in the queue still",
            unread,
            uncounted.includes("unread") ? "at least: there is more than was counted" : undefined,
          ],
        ]}
      />
      <Book name="Deliveries" left={[["due", deliveries.due]]} right={endsOf(deliveries, isWaitingCounted)} />
      {replays.due === 0 ? null : (
        <Book name="Replays" left={[["due", replays.due]]} right={endsOf(replays, isWaitingCounted)} />
      )}
      {logins.decided === 0 ? null : (
        <Book
          name="Logins"
          left={[["decided", logins.decided]]}
          right={[
            ["granted", logins.granted],
            ["refused", logins.refused],
          ]}
        />
      )}
      {questions.asked === 0 ? null : (
        <Book
          name="Questions to responders"
          left={[["asked", questions.asked]]}
          right={[
            ["answered", questions.answered],
            ["answered by the configuration", questions.otherwise],
            ["refused", questions.refused],
          ]}
        />
      )}
    </div>
  );
}

function endsOf({ delivered, dead, expired, waiting }: Ledger["deliveries"], isCounted: boolean): Entry[] {
  return [
    ["delivered", delivered],
    ["dead", dead],
    ["expired", expired],
    ["waiting", waiting, isCounted ? undefined : "as the counters say: more wait than one request counts"],
  ];
}

function Book({ name, left, right }: { name: string; left: readonly Entry[]; right: readonly Entry[] }) {
  const [first] = left;
  const sum = (side: readonly Entry[]) => side.reduce((total, [, number]) => total + number, 0);
  const isEven = sum(left) === sum(right);
  return (
    <section class="panel book" aria-label={name}>
      <h2>{name}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">In: {first?.[0]}</th>
            <th scope="col" class="number">
              {first?.[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {right.map(([word, number, note]) => (
            <tr>
              <th scope="row">
                {word}
                {note === undefined ? null : <div class="note">{note}</div>}
              </th>
              <td class="number">{number}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Out</th>
            <td class="number">
              {sum(right)} <span class={`state ${isEven ? "good" : "bad"}`}>{isEven ? "= in" : `≠ ${sum(left)}`}</span>
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
