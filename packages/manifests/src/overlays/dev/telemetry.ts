import { telemetry as telemetryOf } from "@atlas/istio";
import { operator } from "../../operator.ts";

export const telemetry = telemetryOf(
  { name: `otel-${operator.name}`, labels: operator.labels },
  {
    tracing: { provider: "otel-agent", samplingPercentage: 100 },
    metrics: { provider: "prometheus", reportingInterval: "15s" },
    accessLog: { provider: "envoy", filter: "request.protocol != null", side: "SERVER" },
  },
);
