/** What a CI run is made of. Times in seconds on one machine, sizes in bytes. */
export interface Parameters {
  /** Until a machine is allotted, has started, and has fetched pnpm's store. */
  readonly boot: number;
  /** From an empty folder to an installed workspace: clone and `pnpm install` with a warm store. */
  readonly setUp: number;
  /** Nx, until the first task starts. */
  readonly nxStart: number;
  /** What one more overlay folder adds to that: it is read, and its task planned. */
  readonly nxPerOverlay: number;
  /** What is done before an environment can be rendered: types generated, and checked. Each machine does it. */
  readonly before: number;
  /** What one more overlay folder adds to that: its types are checked with all others. */
  readonly beforePerOverlay: number;
  /** A task that renders, without what it renders: Nx starts a process, that loads the sources and their types' schemas. */
  readonly taskStart: number;
  /** An environment in such a task. */
  readonly render: number;
  /** An environment in the cache, packed. */
  readonly artifact: number;
  /** Tasks at a time on a machine. */
  readonly cores: number;
  /** A request to the cache. */
  readonly roundTrip: number;
  /** Between a machine and the cache, by the second. */
  readonly bandwidth: number;
}

/** What one machine cannot measure for others: hosted ones, a cache in their region, Nx's own three tasks at a time. */
export const assumed: Pick<Parameters, "boot" | "cores" | "roundTrip" | "bandwidth"> = {
  boot: 20,
  cores: 3,
  roundTrip: 0.03,
  bandwidth: 25e6,
};

/** As `node src/simulate.ts --measure` found on 2 idle cores of an x86-64 server in November 2026. */
export const parameters: Parameters = {
  setUp: 3.3,
  nxStart: 0.92,
  nxPerOverlay: 0.0035,
  before: 8.5,
  beforePerOverlay: 0.081,
  taskStart: 0.84,
  render: 0.026,
  artifact: 25_000,
  ...assumed,
};

/** What a machine costs before its first task. */
export const setUpOf = ({ boot, setUp }: Parameters): number => boot + setUp;
