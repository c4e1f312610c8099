import { callOf } from "./rules/call.ts";
import { refuseFurtherArguments, refuseUnknownFields, type FieldsOf } from "./rules/fields.ts";
import { refuseBroken, saidValue, type BrokenBuilderRule } from "./rules/rules.ts";

/** A Kubernetes quantity: `10m`, `64Mi`, `1`. */
export type Quantity = string;

/** What the injected proxy asks of the node and what it may use, and how it starts and ends. */
export interface ProxySettings {
  readonly cpu?: { readonly request?: Quantity; readonly limit?: Quantity };
  readonly memory?: { readonly request?: Quantity; readonly limit?: Quantity };
  /**
   * Whether the application starts when the proxy is ready, so that its first calls get through. A native sidecar always
   * starts first.
   */
  readonly holdUntilProxyStarts?: boolean;
  /**
   * For how many seconds the proxy lets connections end once its pod has to. Less than the pod's
   * `terminationGracePeriodSeconds`, and as long as the longest request.
   */
  readonly drainSeconds?: number;
  /**
   * Whether the proxy is an init container that goes on, which starts before and ends after the others. Of Kubernetes from
   * 1.29 on, and Istio from 1.27 on does so by itself.
   */
  readonly nativeSidecar?: boolean;
}

/** The pod label by which the injector adds the proxy; it wins over the namespace's label. */
export const injectionLabels: { readonly "sidecar.istio.io/inject": "true" } = {
  "sidecar.istio.io/inject": "true",
};

/** The pod annotations that Istio reads the proxy's settings from. */
export interface InjectionAnnotations {
  "sidecar.istio.io/proxyCPU"?: Quantity;
  "sidecar.istio.io/proxyCPULimit"?: Quantity;
  "sidecar.istio.io/proxyMemory"?: Quantity;
  "sidecar.istio.io/proxyMemoryLimit"?: Quantity;
  "sidecar.istio.io/nativeSidecar"?: "true" | "false";
  /** A part of ProxyConfig, as YAML. */
  "proxy.istio.io/config"?: string;
}

/**
 * Pod annotations of the injected proxy: its size, and how it starts and ends; what is left out stays as the mesh has it.
 *
 * @throws {IstioError} for what is not a quantity, and for a time that is not a whole number of seconds.
 * @see https://istio.io/latest/docs/reference/config/annotations/
 * @see https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#ProxyConfig
 * @example
 * injectionAnnotations({ memory: { request: "64Mi", limit: "1Gi" }, holdUntilProxyStarts: true, drainSeconds: 20 });
 */
export function injectionAnnotations(settings: ProxySettings): InjectionAnnotations {
  const call = callOf(injectionAnnotations, [
    ["cpu", 0, "cpu"],
    ["memory", 0, "memory"],
    ["drainSeconds", 0, "drainSeconds"],
  ]);
  refuseFurtherArguments(arguments, 1, call);
  refuseUnknownFields(settings, injectionFields, call, "injectionAnnotations");
  refuseBroken(brokenSettings(settings), call, "injectionAnnotations");
  const { cpu, memory, nativeSidecar } = settings;
  const config = configLines(settings);
  return {
    ...(cpu?.request && { "sidecar.istio.io/proxyCPU": cpu.request }),
    ...(cpu?.limit && { "sidecar.istio.io/proxyCPULimit": cpu.limit }),
    ...(memory?.request && { "sidecar.istio.io/proxyMemory": memory.request }),
    ...(memory?.limit && { "sidecar.istio.io/proxyMemoryLimit": memory.limit }),
    ...(nativeSidecar !== undefined && {
      "sidecar.istio.io/nativeSidecar": nativeSidecar ? "true" : "false",
    }),
    ...(config !== "" && { "proxy.istio.io/config": config }),
  };
}

const sizeFields: FieldsOf<NonNullable<ProxySettings["cpu"]>> = { request: null, limit: null };
const injectionFields: FieldsOf<ProxySettings> = {
  cpu: sizeFields,
  memory: sizeFields,
  holdUntilProxyStarts: null,
  drainSeconds: null,
  nativeSidecar: null,
};

function configLines({ holdUntilProxyStarts, drainSeconds }: ProxySettings): string {
  return [
    ...(holdUntilProxyStarts === undefined
      ? []
      : [`holdApplicationUntilProxyStarts: ${holdUntilProxyStarts}`]),
    // A duration of protobuf as JSON has it, which knows seconds alone.
    ...(drainSeconds === undefined ? [] : [`terminationDrainDuration: ${drainSeconds}s`]),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
const quantityPattern = /^(?:\d+(?:\.\d*)?|\.\d+)(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

function brokenSettings({ drainSeconds, ...resources }: ProxySettings): readonly BrokenBuilderRule[] {
  const sizes = (["cpu", "memory"] as const).flatMap((resource) =>
    (["request", "limit"] as const).flatMap((side): BrokenBuilderRule[] => {
      const size: unknown = resources[resource]?.[side];
      if (size === undefined || (typeof size === "string" && quantityPattern.test(size))) return [];
      const expected = resource === "cpu" ? 'a quantity, as "10m" or "1"' : 'a quantity, as "64Mi" or "1Gi"';
      return [
        {
          path: `${resource}.${side}`,
          code: "istio/value-unexpected",
          what: saidValue(size),
          expected,
          fix: "the injector refuses others",
        },
      ];
    }),
  );
  if (drainSeconds === undefined || (Number.isInteger(drainSeconds) && drainSeconds >= 0)) return sizes;
  const expected = "a whole number of seconds";
  const fix = "give less than the pod's terminationGracePeriodSeconds";
  return [
    ...sizes,
    { path: "drainSeconds", code: "istio/value-unexpected", what: saidValue(drainSeconds), expected, fix },
  ];
}
