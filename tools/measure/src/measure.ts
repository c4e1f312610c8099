import { spawnSync } from "node:child_process";

/** Shell commands by the names that a table shows. */
export type Commands = { readonly [name: string]: string };

/** What a command took, in milliseconds of CPU (user and system, children included), round by round. */
export type Measured = { readonly [name: string]: readonly number[] };

/**
 * Measures commands side by side: each round runs every command, one after the other, so that a slow moment of the machine
 * hits all of them and a ratio within a round holds. A round before the first warms the caches.
 *
 * @param runs in a row for one figure: the system counts CPU in steps of up to 10 ms.
 * @throws Error when a command fails.
 */
export function measure(commands: Commands, rounds: number, runs = 1): Measured {
  for (const command of Object.values(commands)) cpuOf(command, 1);
  const all = Array.from({ length: rounds }, () =>
    Object.entries(commands).map(([name, command]) => [name, cpuOf(command, runs)] as const),
  );
  return Object.fromEntries(
    Object.keys(commands).map((name) => [
      name,
      all.flatMap((round) => round.filter(([other]) => other === name).map(([, cpu]) => cpu)),
    ]),
  );
}

/** The ratio of one command to another: the median over the rounds of the ratios within a round. */
export function ratio(measured: Measured, name: string, reference: string): number {
  return median(
    (measured[name] ?? []).map((cpu, round) => cpu / (measured[reference]?.[round] ?? Number.NaN)),
  );
}

/** A line for each command: its CPU time, and its ratio to the reference. */
export function ratioTable(measured: Measured, reference: string): string {
  const names = Object.keys(measured);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const head = `${"command".padEnd(width)}${"ms".padStart(8)}  ratio to ${reference}\n`;
  const lines = names.map((name) => {
    const cpu = median(measured[name] ?? []).toFixed(0);
    const value = measured[reference] ? ratio(measured, name, reference).toFixed(3) : "-";
    return `${name.padEnd(width)}${cpu.padStart(8)}  ${value}\n`;
  });
  return head + lines.join("");
}

/** Words as a shell takes them. */
export const shellWords = (...words: readonly string[]): string =>
  words.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");

function cpuOf(command: string, runs: number): number {
  const script = `set -e; ${`{ ${command}; } >/dev/null 2>&1;`.repeat(runs)} times`;
  const { status, stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  const children = stdout.trim().split("\n").at(-1) ?? "";
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => 60 * Number(minutes) + Number(rest),
  );
  return (1000 / runs) * seconds.reduce((sum, part) => sum + part, 0);
}

/** The middle one of the values, or NaN when there is none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
