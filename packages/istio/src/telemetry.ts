import type { ITelemetry } from "@kubernetes-models/istio/telemetry.istio.io/v1/Telemetry";
import { podLabels, type Workload } from "./workload.ts";

/** A span of time as Istio writes it: `15s`, `1m`, `1h`, `100ms`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h"}`;

/** What the workload's proxy reports. A signal that is left out stays as the mesh has it. */
export interface Signals {
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
}

export interface Telemetry {
  apiVersion: "telemetry.istio.io/v1";
  kind: "Telemetry";
  metadata: { name: string };
  spec: TelemetrySpec;
}

type TelemetrySpec = NonNullable<ITelemetry["spec"]>;

/**
 * Sets tracing, metrics and access log of one workload.
 *
 * @throws {TypeError} when no signal is set.
 * @throws {RangeError} when the sampling percentage is not within 0 and 100.
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export function telemetry(workload: Workload, signals: Signals): Telemetry {
  const { tracing, metrics, accessLog } = signals;
  if (!tracing && !metrics && !accessLog) {
    throw new TypeError(
      `Telemetry/${workload.name}: expected tracing, metrics or accessLog, got none of them`,
    );
  }
  return {
    apiVersion: "telemetry.istio.io/v1",
    kind: "Telemetry",
    metadata: { name: workload.name },
    spec: {
      selector: { matchLabels: podLabels(workload) },
      ...(tracing && { tracing: [tracingEntry(workload, tracing)] }),
      ...(metrics && { metrics: [metricsEntry(metrics)] }),
      ...(accessLog && { accessLogging: [accessLogEntry(accessLog)] }),
    },
  };
}

function tracingEntry(
  workload: Workload,
  { provider, samplingPercentage }: NonNullable<Signals["tracing"]>,
): NonNullable<TelemetrySpec["tracing"]>[number] {
  if (!(samplingPercentage >= 0 && samplingPercentage <= 100)) {
    throw new RangeError(
      `Telemetry/${workload.name}: tracing.samplingPercentage: expected 0 to 100, got ${samplingPercentage}`,
    );
  }
  return { providers: [{ name: provider }], randomSamplingPercentage: samplingPercentage };
}

function metricsEntry({
  provider,
  reportingInterval,
}: NonNullable<Signals["metrics"]>): NonNullable<TelemetrySpec["metrics"]>[number] {
  return { providers: [{ name: provider }], ...(reportingInterval && { reportingInterval }) };
}

function accessLogEntry({
  provider,
  filter,
  side,
}: NonNullable<Signals["accessLog"]>): NonNullable<TelemetrySpec["accessLogging"]>[number] {
  return {
    providers: [{ name: provider }],
    ...(filter && { filter: { expression: filter } }),
    ...(side && { match: { mode: side } }),
  };
}
