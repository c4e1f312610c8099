import { healthApiVersion, healthKinds, healthModelOf, type Health, type HealthQuestion } from "./model.ts";

type HealthKind = (typeof healthKinds)[number];
type HealthKey = `resource.customizations.health.db.atlasgo.io_${HealthKind}`;

/** Argo CD's words for the states. */
const argoWords: Record<Health, string> = {
  Current: "Healthy",
  InProgress: "Progressing",
  Failed: "Degraded",
};

/**
 * Argo CD's health checks, as entries of the ConfigMap `argocd-cm`. Without them Argo CD calls every custom resource
 * healthy at once. They use what Argo CD lets scripts have: Lua's base functions, nothing of `string`.
 *
 * @param release that reconciles the resources.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/health/#custom-health-checks
 *
 * @example
 * strategicMerge(argocdConfig, { data: argocdHealth(operator.image.version) });
 */
export function argocdHealth(release: string): Readonly<Record<HealthKey, string>> {
  const [group] = healthApiVersion.split("/");
  const entries = healthKinds.map((kind) => [
    `resource.customizations.health.${group}_${kind}`,
    script(release),
  ]);
  return Object.fromEntries(entries) as Record<HealthKey, string>;
}

function script(release: string): string {
  const { inProgress, failed, current } = healthModelOf(release);
  const branches = [
    ["InProgress", inProgress],
    ["Failed", failed],
    ["Current", current],
  ] as const;
  const tests = branches.map(
    ([health, questions], index) =>
      `${index === 0 ? "if" : "elseif"} ${questions.map(luaOf).join(" or ")} then\n  health.status = "${argoWords[health]}"\n`,
  );
  return `${prelude}${tests.join("")}end\nreturn health\n`;
}

// The names that each script uses, whichever questions it asks.
const prelude = `local status = obj.status or {}
local conditions = status.conditions or {}
local function find(matches)
  for _, condition in ipairs(conditions) do
    if matches(condition) then
      return condition
    end
  end
  return {}
end
local function named(name)
  return find(function(condition) return condition.type == name end)
end
local function first_true(types)
  return find(function(condition) return condition.status == "True" and types[condition.type] end).type
end
local ready = named("Ready")
local message = "Waiting for the operator"
for _, text in ipairs({ ready.reason or "", ready.message or "" }) do
  if text ~= "" then
    message = text
  end
end
local health = { status = "${argoWords.InProgress}", message = message }
`;

function luaOf(question: HealthQuestion): string {
  if (question.asks === "deleted") return "obj.metadata.deletionTimestamp ~= nil";
  if (question.asks === "unobserved")
    return "(status.observedGeneration ~= nil and obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation)";
  if (question.asks === "first-true")
    return `first_true({ ${luaSet(question.among)} }) == "${question.type}"`;
  const { type, status, exceptReasons } = question;
  const holds = `named("${type}").status == "${status}"`;
  if (exceptReasons.length === 0) return holds;
  return `(${holds} and not ({ ${luaSet(exceptReasons)} })[named("${type}").reason or ""])`;
}

const luaSet = (names: readonly string[]): string => names.map((name) => `["${name}"] = true`).join(", ");
