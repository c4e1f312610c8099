import type { Node } from "../objects/node.ts";
import { flagOf, goBoolean, isWrapped, lastFlag } from "./flags.ts";
import type { Operator } from "./operator.ts";

/** Where the operator listens. */
export interface Listening {
  /** Undefined where it does not listen at all. */
  readonly port?: number;
  /** Whether it listens where only its own pod reaches it. */
  readonly isLoopback: boolean;
  /** The flag that says so; undefined where that is the default. */
  readonly node?: Node;
}

/** The flags that say where the operator listens, each with what holds without it. */
export const addressFlags = {
  "health-probe-bind-address": ":8081",
  "metrics-bind-address": ":8080",
} as const;

/**
 * Where the operator listens, for probes or for who asks for its metrics.
 *
 * Source: cmd/main.go of the operator at the tags v0.4.0 to v0.7.37, and `Manager` of controller-runtime: `0` is for nowhere,
 * and so is an empty address for probes; for metrics that is the default.
 *
 * @returns undefined where nobody can tell: a shell starts it, an address is malformed, or the system chooses the port.
 */
export function listeningAt(operator: Operator, flag: keyof typeof addressFlags): Listening | undefined {
  if (isWrapped(operator)) return undefined;
  const stated = lastFlag(operator, flag);
  const value = stated?.value === true ? undefined : stated?.value;
  if (stated && value === undefined) return undefined;
  const node = stated && { node: stated.node };
  const isOff = value === "0" || (value === "" && flag === "health-probe-bind-address");
  if (isOff) return { isLoopback: false, ...node };
  const parts = addressParts(value || addressFlags[flag]);
  if (parts === undefined || parts.port === 0) return undefined;
  return { port: parts.port, isLoopback: /^(?:127\.|::1$|localhost$)/.test(parts.host), ...node };
}

/** Host and port of an address as Go listens at it; undefined for what it refuses, and for a port by its name. */
export function addressParts(text: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain = "", port] = /^(?:\[([^\]]*)\]|([^:]*)):(\d+)$/.exec(text) ?? [];
  if (port === undefined || Number(port) > 65_535) return undefined;
  return { host: bracketed ?? plain, port: Number(port) };
}

/** Whether metrics are served by TLS alone. */
export const isMetricsSecure = (operator: Operator): boolean => {
  const value = flagOf(operator, "metrics-secure");
  return value === true || goBoolean(value ?? "") === true;
};
