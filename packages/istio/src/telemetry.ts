import type { ITelemetry } from "@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry";
import { callOf } from "./rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "./rules/fields.ts";
import {
  built,
  elementsOf,
  saidValue,
  valueAtPath,
  type BrokenBuilderRule,
  type BuilderRule,
} from "./rules/rules.ts";
import { apiVersionOf, isServed, type TelemetryVersion } from "./objects/version.ts";
import { isText, listedWords, suggestWord } from "./rules/words.ts";
import { selectorFrom, selectsPods, type Metadata, type Workload } from "./objects/workload.ts";

/** A span of time as Istio writes it: `15s`, `1m`, `1h`, `100ms`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h"}`;

/** What the workload's proxy reports. A signal that is left out stays as the mesh has it. */
export interface Signals<V extends TelemetryVersion = TelemetryVersion> {
  readonly tracing?: {
    /** An extension provider of the mesh configuration. */
    readonly provider: string;
    /** Share of the requests that are traced, 0 to 100. */
    readonly samplingPercentage: number;
  };
  readonly metrics?: { readonly provider: string; readonly reportingInterval?: Duration };
  readonly accessLog?: {
    readonly provider: string;
    /** A CEL expression; requests for which it is false are not logged. */
    readonly filter?: string;
    /** The side of the connection whose proxy writes the log. */
    readonly side?: "CLIENT" | "SERVER" | "CLIENT_AND_SERVER";
  };
  /** `v1`, unless it is said. */
  readonly version?: V;
}

/** A Telemetry, in the version that was asked for. */
export interface Telemetry<V extends TelemetryVersion = TelemetryVersion> {
  apiVersion: `telemetry.istio.io/${V}`;
  kind: "Telemetry";
  metadata: Metadata;
  spec: TelemetrySpec;
}

type TelemetrySpec = NonNullable<ITelemetry["spec"]>;

/**
 * Sets tracing, metrics and access log of one workload. What patches make of it keeps to the rules: a signal at least, each
 * with a provider, a share from 0 to 100, an interval with its unit.
 *
 * @throws {IstioError} with all that is wrong: no signal, a sampling percentage that is not within 0 and 100, a provider
 * without a name, an interval without a unit, a workload without labels.
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 * @example
 * telemetry(
 *   { name: "shop", labels: { app: "shop" } },
 *   { tracing: { provider: "otel-agent", samplingPercentage: 1 } },
 * );
 */
export function telemetry<V extends TelemetryVersion = "v1">(
  { name, labels }: Workload,
  signals: Signals<V>,
): Telemetry<V> {
  const { tracing, metrics, accessLog, version } = signals;
  const call = callOf(telemetry, [
    selectorFrom("spec.selector.matchLabels"),
    ["spec.tracing[0].providers[0].name", 1, "tracing", "provider"],
    ["spec.tracing[0].randomSamplingPercentage", 1, "tracing", "samplingPercentage"],
    ["spec.metrics[0].providers[0].name", 1, "metrics", "provider"],
    ["spec.metrics[0].reportingInterval", 1, "metrics", "reportingInterval"],
    ["spec.accessLogging[0].providers[0].name", 1, "accessLog", "provider"],
    ["spec.accessLogging[0].filter.expression", 1, "accessLog", "filter"],
    ["spec.accessLogging[0].match.mode", 1, "accessLog", "side"],
    ["spec", 1],
    ["apiVersion", 1, "version"],
  ]);
  refuseFurtherArguments(arguments, 2, call);
  refuseUnknownFields(signals, signalFields, call, `Telemetry/${name}`);
  return built(
    {
      apiVersion: apiVersionOf("telemetry.istio.io", version),
      kind: "Telemetry",
      metadata: { name },
      spec: {
        selector: { matchLabels: { ...labels } },
        ...(tracing && { tracing: [tracingEntry(tracing)] }),
        ...(metrics && { metrics: [metricsEntry(metrics)] }),
        ...(accessLog && { accessLogging: [accessLogEntry(accessLog)] }),
      },
    },
    [isServed("telemetry.istio.io"), selectsPods("spec", "selector", "matchLabels"), hasSignals],
    call,
  );
}

const tracingFields: FieldsOf<NonNullable<Signals["tracing"]>> = { provider: null, samplingPercentage: null };
const metricFields: FieldsOf<NonNullable<Signals["metrics"]>> = { provider: null, reportingInterval: null };
const logFields: FieldsOf<NonNullable<Signals["accessLog"]>> = { provider: null, filter: null, side: null };
const signalFields: FieldsOf<Signals> = {
  tracing: tracingFields,
  metrics: metricFields,
  accessLog: logFields,
  version: null,
};

const telemetrySignals = ["tracing", "metrics", "accessLogging"] as const;
type SignalCheck = readonly [
  fields: readonly string[],
  isRight: (value: unknown) => boolean,
  expected: string,
  words?: readonly string[],
];

const within100 = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 100;
const isInterval = (value: unknown): boolean =>
  typeof value === "string" && /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(value);
const sides = ["CLIENT", "SERVER", "CLIENT_AND_SERVER"];
const isSide = (value: unknown): boolean => typeof value === "string" && sides.includes(value);

/** What an entry of a signal says, where it says it. */
const signalChecks: readonly SignalCheck[] = [
  [["randomSamplingPercentage"], within100, "0 to 100"],
  [["reportingInterval"], isInterval, "a span of time with its unit, as 15s or 100ms"],
  [["filter", "expression"], isText, "a CEL expression"],
  [["match", "mode"], isSide, listedWords(sides), sides],
];

const hasSignals: BuilderRule = (object) => {
  const entries = telemetrySignals.flatMap((signal) =>
    elementsOf(valueAtPath(object, "spec", signal)).map((entry, index) => ({
      entry,
      path: `spec.${signal}[${index}]`,
    })),
  );
  if (entries.length === 0) {
    const expected = "tracing, metrics or accessLogging";
    return [
      {
        path: "spec",
        code: "istio/signal-missing",
        what: "it sets no signal",
        expected,
        fix: "give one, or leave the object out",
      },
    ];
  }
  return entries.flatMap(({ entry, path }) => [
    ...providersOf(entry, path),
    ...signalChecks.flatMap(([fields, isRight, expected, words = []]): BrokenBuilderRule[] => {
      const value = valueAtPath(entry, ...fields);
      if (value === undefined || isRight(value)) return [];
      const fix = suggestWord(value, words, "give such a value");
      return [
        {
          path: [path, ...fields].join("."),
          code: "istio/value-unexpected",
          what: saidValue(value),
          expected,
          fix,
        },
      ];
    }),
  ]);
};

/** An entry that is switched off, or that says nothing of providers, takes those of the mesh. */
function providersOf(entry: unknown, path: string): BrokenBuilderRule[] {
  return elementsOf(valueAtPath(entry, "providers")).flatMap((provider, index) => {
    const name = valueAtPath(provider, "name");
    if (isText(name)) return [];
    const expected = "the name of an extension provider of the mesh configuration";
    return [
      {
        path: `${path}.providers[${index}].name`,
        code: "istio/value-unexpected",
        what: saidValue(name),
        expected,
        fix: "name one",
      },
    ];
  });
}

function tracingEntry({
  provider,
  samplingPercentage,
}: NonNullable<Signals["tracing"]>): NonNullable<TelemetrySpec["tracing"]>[number] {
  return { providers: [{ name: provider }], randomSamplingPercentage: samplingPercentage };
}

function metricsEntry({
  provider,
  reportingInterval,
}: NonNullable<Signals["metrics"]>): NonNullable<TelemetrySpec["metrics"]>[number] {
  return { providers: [{ name: provider }], ...(reportingInterval !== undefined && { reportingInterval }) };
}

function accessLogEntry({
  provider,
  filter,
  side,
}: NonNullable<Signals["accessLog"]>): NonNullable<TelemetrySpec["accessLogging"]>[number] {
  return {
    providers: [{ name: provider }],
    ...(filter !== undefined && { filter: { expression: filter } }),
    ...(side !== undefined && { match: { mode: side } }),
  };
}
