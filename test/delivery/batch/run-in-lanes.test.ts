import { expect, test } from "vitest";
import { Connections } from "../../../src/delivery/batch/connections.ts";
import { runInLanes } from "../../../src/delivery/batch/run-in-lanes.ts";

const now = Promise.resolve();
const to = (...ids: string[]) => ids.map((id) => ({ destination: { id } }));

test("what goes on behind one turn holds its connections in the next, until it ends", async () => {
  const connections = new Connections();
  const ends: (() => void)[] = [];
  const hang = () => ({ waited: now, ended: new Promise<void>((resolve) => ends.push(resolve)) });
  const rest = await runInLanes(to("a", "b", "c", "d", "e", "f"), connections, () => 2, hang);
  expect(rest).toEqual(to("f"));

  const ran: string[] = [];
  const answer = (order: { destination: { id: string } }) => {
    ran.push(order.destination.id);
    return { waited: now, ended: now };
  };
  expect(await runInLanes(to("g", "h"), connections, () => 2, answer)).toEqual(to("g", "h"));
  ends[0]?.();
  await now;
  expect(await runInLanes(to("i", "j"), connections, () => 2, answer)).toEqual([]);
  expect(ran).toEqual(["i", "j"]);
});

test("a destination has no more at a time than its lanes, and the others go on meanwhile", async () => {
  let most = 0;
  const underWay = new Map<string, number>();
  const work = ({ destination: { id } }: { destination: { id: string } }) => {
    underWay.set(id, (underWay.get(id) ?? 0) + 1);
    most = Math.max(most, underWay.get("a") ?? 0);
    const ended = now.then(() => void underWay.set(id, (underWay.get(id) ?? 0) - 1));
    return { waited: ended, ended };
  };
  const orders = to("a", "a", "a", "b", "a", "c");
  expect(await runInLanes(orders, new Connections(), (id) => (id === "a" ? 1 : 2), work)).toEqual([]);
  expect(most).toBe(1);
});
