import type { Parameters } from "./parameters.ts";
import { machinesThatPay, simulate, type Scenario } from "./simulation.ts";

const environmentCounts = [5, 50, 500, 5000];
const machineCounts = [1, 4, 10, 25, 100];
/** Many environments come in fleets as well: an overlay folder that yields many. */
const fleetOf = 50;

/** The parameters and what follows from them, as Markdown. */
export function report(parameters: Parameters): string {
  const alone = environmentCounts.map((environments) => ({ environments, affected: environments, fleet: 1 }));
  const fleets = alone
    .filter(({ environments }) => environments > fleetOf)
    .map((scenario) => ({ ...scenario, fleet: fleetOf }));
  const scenarios = [...alone, ...fleets];
  return [
    table([["a machine", "measured or assumed"], ...parameterRows(parameters)]),
    table([
      [
        "environments, all affected",
        ...machineCounts.map((count) => `on ${count}`),
        "machines that pay",
        "sent to the cache",
      ],
      ...scenarios.map((scenario) => wallRow(scenario, parameters)),
    ]),
    table([
      [
        "on as many machines as pay",
        "set-up",
        "Nx",
        "before",
        "rendering",
        "machine time",
        "one overlay alone",
      ],
      ...scenarios.map((scenario) => spentRow(scenario, parameters)),
    ]),
  ].join("\n");
}

function parameterRows({ artifact, bandwidth, cores, ...times }: Parameters): string[][] {
  const said: Record<keyof typeof times, string> = {
    boot: "allotting and starting it (assumed)",
    setUp: "clone and install",
    nxStart: "start of Nx",
    nxPerOverlay: "and for each overlay folder",
    before: "generating and checking types",
    beforePerOverlay: "and for each overlay folder",
    taskStart: "start of a task that renders",
    render: "rendering an environment",
    roundTrip: "a request to the cache (assumed)",
  };
  const rows = Object.entries(said).map(([name, text]) => [
    text,
    `${(1000 * times[name as keyof typeof times]).toFixed(name === "nxPerOverlay" ? 1 : 0)} ms`,
  ]);
  return [
    ...rows,
    ["an environment in the cache", size(artifact)],
    ["to and from the cache (assumed)", `${size(bandwidth)}/s`],
    ["tasks at a time (assumed)", `${cores}`],
  ];
}

function wallRow(scenario: Omit<Scenario, "machines">, parameters: Parameters): string[] {
  const pay = machinesThatPay(scenario, 100, parameters);
  const outcomes = machineCounts.map((machines) => simulate({ ...scenario, machines }, parameters));
  return [
    nameOf(scenario),
    ...outcomes.map(({ seconds }) => duration(seconds)),
    `${pay}`,
    size(outcomes[0]?.bytes ?? 0),
  ];
}

function spentRow(scenario: Omit<Scenario, "machines">, parameters: Parameters): string[] {
  const machines = machinesThatPay(scenario, 100, parameters);
  const { seconds, spent, machineSeconds } = simulate({ ...scenario, machines }, parameters);
  const one = simulate(
    { ...scenario, affected: Math.min(scenario.fleet, scenario.environments), machines: 1 },
    parameters,
  );
  const share = (part: number): string => `${Math.round((100 * part) / seconds)} %`;
  return [
    `${nameOf(scenario)}: ${machines}`,
    share(spent.setUp),
    share(spent.nx),
    share(spent.before),
    share(spent.render),
    duration(machineSeconds),
    duration(one.seconds),
  ];
}

const nameOf = ({ environments, fleet }: Omit<Scenario, "machines">): string =>
  fleet === 1 ? `${environments}` : `${environments} in fleets of ${fleet}`;

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}

function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return `${Math.round(bytes / 1e6)} MB`;
}

/** As oxfmt lays a table out. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |\n`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("");
}
