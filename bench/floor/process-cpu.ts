import { readFile } from "node:fs/promises";

/** Linux counts a process' CPU in hundredths of a second. */
const TICK_MS = 10;
/** Of /proc/<pid>/stat, behind the name in brackets: CPU in user mode and in the kernel. */
const [USER_TICKS, KERNEL_TICKS] = [11, 12];

/** CPU that a process used since it began, milliseconds. Linux only. */
export async function cpuMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[USER_TICKS]) + Number(fields[KERNEL_TICKS])) * TICK_MS;
}
