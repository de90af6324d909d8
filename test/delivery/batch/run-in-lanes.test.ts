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
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const work = ({ destination: { id } }: { destination: { id: string } }) => {
    started.push(id);
    const ended = new Promise<void>((resolve) => ends.push(resolve));
    return { waited: ended, ended };
  };
  const running = runInLanes(to("a", "a", "b", "a", "c"), new Connections(), (id) => (id === "a" ? 1 : 2), work);
  await now;
  expect(started).toEqual(["a", "b", "c"]);
  while (started.length < 5) {
    ends.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  for (const end of ends) end();
  expect(await running).toEqual([]);
  expect(started).toEqual(["a", "b", "c", "a", "a"]);
});

test("a piece of work that fails gives its connection back like any other", async () => {
  const connections = new Connections();
  for (let n = 0; n < 5; n += 1) connections.use(Promise.reject(new Error("it failed")));
  expect(connections.areLeft()).toBe(false);
  await now;
  expect(connections.areLeft()).toBe(true);
});
