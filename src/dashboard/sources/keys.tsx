import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Act } from "../parts/form/act.tsx";
import { Age } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Source } from "./told.ts";

type Key = Source["keys"][number];

/** The keys that are live, when each was used last, and for admins how they are changed. */
export function Keys({ of, visit: { caller, clock } }: { readonly of: Source; readonly visit: Visit }) {
  const { id, keys } = of;
  const isAdmin = caller.role === "admin";
  const live = keys.filter(({ set }) => set).length;
  const columns: Column<Key>[] = [
    { name: "Key", cell: ({ name }) => <span class="id">{name}</span> },
    { name: "State", cell: ({ set }) => <State of={set ? "live" : "not set"} tone={set ? "good" : "bad"} /> },
    { name: "Last used", cell: ({ last }) => (last === null ? "not yet" : <Age at={last} clock={clock} />) },
    ...(isAdmin
      ? [
          {
            name: "Do",
            cell: ({ name, set }: Key) =>
              set && live < 2 ? (
                <span class="note">the only one</span>
              ) : (
                <Act to={pagePath("sources", id, "end-key")} name="End it" what={name} fields={{ name }} />
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <h2>Keys</h2>
      <Table columns={columns} rows={keys} label={`Keys of ${id}`} />
      {isAdmin ? <AddKey of={of} /> : null}
    </>
  );
}

function AddKey({ of: { id, signed, keys } }: { readonly of: Source }) {
  return signed ? (
    <p class="note">
      Its webhooks are signed with a secret that its sender makes: put a new one into the configuration.
    </p>
  ) : (
    <>
      <Act
        to={pagePath("sources", id, "add-key")}
        name="Make a new key"
        what={`for ${id}`}
        fields={{ seen: String(keys.length) }}
      />
      <p class="note">
        It is live at once beside the others. Paste it into the vendor, wait until only the new one is used, then end
        the old one. What comes with an ended key is refused; to take that back, roll the configuration back.
      </p>
    </>
  );
}
