import { healthApiVersion, healthKinds, healthModelOf, type HealthQuestion } from "./model.ts";

/** An element of `spec.healthCheckExprs` of Flux's Kustomization. */
export interface FluxHealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly inProgress: string;
  readonly failed: string;
  readonly current: string;
}

/**
 * Flux's health checks, for `spec.healthCheckExprs` of a Kustomization that has `wait: true`. Flux compares generations
 * before it asks them; as long as an object has no status they cannot be answered, and Flux waits on.
 *
 * @param release that reconciles the resources.
 * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#health-check-expressions
 *
 * @example
 * const spec = { wait: true, timeout: "10m", healthCheckExprs: fluxHealthChecks(operator.image.version) };
 */
export function fluxHealthChecks(release: string): readonly FluxHealthCheck[] {
  const { inProgress, failed, current } = healthModelOf(release);
  return healthKinds.map((kind) => ({
    apiVersion: healthApiVersion,
    kind,
    inProgress: any(inProgress),
    failed: any(failed),
    current: any(current),
  }));
}

const any = (questions: readonly HealthQuestion[]): string => questions.flatMap(celOf).join(" || ");

const conditions = "(has(status.conditions) ? status.conditions : [])";

function celOf(question: HealthQuestion): string[] {
  if (question.asks === "deleted") return ["has(metadata.deletionTimestamp)"];
  if (question.asks === "unobserved") return [];
  if (question.asks === "first-true") {
    const { among, type } = question;
    const found = `${conditions}.filter(c, c.status == 'True' && c.type in ${celList(among)})`;
    return [`(${found}.size() > 0 && ${found}[0].type == '${type}')`];
  }
  const { type, status, exceptReasons } = question;
  const found = `${conditions}.filter(c, c.type == '${type}')`;
  const except =
    exceptReasons.length === 0
      ? ""
      : ` && !(has(${found}[0].reason) && ${found}[0].reason in ${celList(exceptReasons)})`;
  return [`(${found}.size() > 0 && ${found}[0].status == '${status}'${except})`];
}

const celList = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(", ")}]`;
