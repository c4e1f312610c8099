import { at, entryAt, hasFields, listAt, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import { all, eachOf, mapOf, fields, since, type Look, type Rule } from "../rule/rule.ts";
import { quoted } from "../rule/wording.ts";
import { isLabelOrEmpty, isQualified } from "../value/names.ts";
import { quantity, quantityOf } from "../value/quantity.ts";
import { textThat } from "../value/text.ts";

/*
 * Requests and limits.
 *
 * Source: validateResourceRequirements and ValidateResourceQuantityValue in k8s.io/kubernetes/pkg/apis/core/validation,
 * pkg/apis/core/helper, and https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
 */

const ofContainers = new Set(["cpu", "memory", "ephemeral-storage"]);
const kubernetesDomain = "kubernetes.io/";

/** Whether a resource is one of Kubernetes' own. */
export const isNative = (name: string): boolean => !name.includes("/") || name.includes(kubernetesDomain);

const isHugePages = (name: string): boolean => name.startsWith("hugepages-");

/** Whether a container may use more of a resource than it asked for. */
export const isOvercommitAllowed = (name: string): boolean => isNative(name) && !isHugePages(name);

/** Whether a name is one of a resource that somebody defines: no `requests.` before, and its quota can be named. */
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith("requests.") && isQualified(`requests.${name}`);

/** The name of a resource that a container can have. */
export const containerResource: Rule = textThat(
  (text) =>
    isQualified(text) &&
    (ofContainers.has(text) ||
      (isHugePages(text) && !text.includes("/")) ||
      (text.includes("/") && (isNative(text) || isExtended(text)))),
  "resource-unknown",
  "is not a resource of containers",
  'write cpu, memory, ephemeral-storage, hugepages-<size>, or one with its domain, as "example.com/gpu"',
);

/** The name of a resource that a pod can have as a whole. */
const podResource: Rule = textThat(
  (text) => text === "cpu" || text === "memory" || (isHugePages(text) && isQualified(text)),
  "resource-unknown",
  "is not a resource of a pod as a whole",
  "write cpu, memory or hugepages-<size>",
);

/** Resources that are counted in wholes. */
const isCounted = (name: string): boolean =>
  countedKinds.has(name) || name.startsWith("count/") || (!isNative(name) && isExtended(name));
const countedKinds = new Set([
  "pods",
  "services",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);

/** A quantity of a resource, under its name. */
export const resourceQuantity: Rule = all(quantity, (place, { report }) => {
  const amount = quantityOf(place.value);
  if (amount !== undefined && isCounted(String(place.step)) && amount % 1_000_000_000n !== 0n)
    report(
      place,
      "quantity-not-whole",
      `${quoted(place.value)} is not a whole number`,
      "write a whole number",
    );
});

const pageMultiple: Rule = (place, { report }) => {
  const name = String(place.step);
  if (!isHugePages(name)) return;
  const [size, amount] = [quantityOf(name.slice("hugepages-".length)), quantityOf(place.value)];
  if (size === undefined || size <= 0n || amount === undefined || amount % size !== 0n)
    report(
      place,
      "huge-pages-not-divisible",
      `${quoted(place.value)} is not a multiple of the pages' size`,
      "write a multiple of it",
    );
};

const amounts = all(resourceQuantity, pageMultiple);
const resourceList = (names: Rule): Rule => mapOf(names, amounts);

/** What is asked for must not be above what is allowed. */
const requestsInLimits: Rule = (place, { report }) => {
  const { value } = place;
  const [requests, limits] = [valueAt(value, "requests"), valueAt(value, "limits")];
  if (!hasFields(requests)) return;
  for (const name of Object.keys(requests)) {
    const [request, limit] = [requests, limits].map((list) => entryAt(list, name, 0));
    const [asked, allowed] = [quantityOf(request), quantityOf(limit)];
    const inRequests = at(at(place, "requests"), name);
    if (asked === undefined) continue;
    if (allowed === undefined) {
      if (!isOvercommitAllowed(name) && limit === undefined)
        report(inRequests, "limit-missing", `${name} has a request and no limit`, "state the same limit");
    } else if (asked > allowed)
      report(
        inRequests,
        "request-above-limit",
        `the request of ${quoted(request)} is above the limit of ${quoted(limit)}`,
        "raise the limit or lower the request",
      );
    else if (asked !== allowed && !isOvercommitAllowed(name))
      report(
        inRequests,
        "request-is-not-limit",
        `the request of ${quoted(request)} is not the limit of ${quoted(limit)}, and nothing of ${name} can be shared`,
        "state the same for both",
      );
  }
};

const hugePagesNeedMore: Rule = (place, { report }) => {
  const { value } = place;
  const names = ["requests", "limits"].flatMap((list) => {
    const map = valueAt(value, list);
    return hasFields(map) ? Object.keys(map) : [];
  });
  if (names.some(isHugePages) && !names.includes("cpu") && !names.includes("memory"))
    report(place, "huge-pages-alone", "huge pages come with cpu or memory", "state cpu or memory");
};

/** The claims of a container are among those of its pod; which they are, the pod knows. */
const repeatedClaims: Rule = (place, { report }) => {
  const seen = new Set<string>();
  for (const [step, claim] of listAt(place.value, "claims").entries()) {
    const [name = "", request = ""] = [textAt(claim, "name"), textAt(claim, "request")];
    const key = request === "" ? name : `${name}/${request}`;
    const isThere =
      seen.has(name) ||
      seen.has(key) ||
      (request === "" && [...seen].some((other) => other.startsWith(`${name}/`)));
    const inList = { value: claim, above: at(place, "claims"), step };
    if (name !== "" && isThere)
      report(inList, "claim-repeated", `${quoted(key)} is claimed twice`, "take one out");
    seen.add(key);
  }
};

const kindResources = (names: Rule): Rule =>
  all(
    fields({ limits: resourceList(names), requests: resourceList(names) }),
    requestsInLimits,
    hugePagesNeedMore,
  );

const claimFields = fields({ request: isLabelOrEmpty }, "name");

/** What a container asks for and may have. */
export const containerResources: Rule = all(
  kindResources(containerResource),
  since(34, repeatedClaims),
  fields({ claims: since(34, eachOf(claimFields)) }),
);

/** What a pod costs beside its containers. */
export const overhead: Rule = resourceList(containerResource);

const amountIn = (container: unknown, list: string, name: string): bigint =>
  quantityOf(valueAt(valueAt(valueAt(container, "resources"), list), name)) ?? 0n;

/** What the containers of a pod ask for together: those that stay, or at once with one of those that initialise it. */
function requestedTogether(pod: unknown, name: string): bigint {
  let [staying, most] = [0n, 0n];
  for (const container of listAt(pod, "initContainers")) {
    const amount = amountIn(container, "requests", name);
    if (valueAt(container, "restartPolicy") === "Always") staying += amount;
    else if (staying + amount > most) most = staying + amount;
  }
  for (const container of listAt(pod, "containers")) staying += amountIn(container, "requests", name);
  return staying > most ? staying : most;
}

/** The containers of a pod fit what the pod has as a whole. */
function containersFit(place: RulePlace, { report }: Look): void {
  const pod = place.above?.value;
  const [requests, limits] = [at(place, "requests"), at(place, "limits")];
  for (const name of hasFields(requests.value) ? Object.keys(requests.value) : [])
    if (requestedTogether(pod, name) > (quantityOf(valueAt(requests.value, name)) ?? 0n))
      report(at(requests, name), "pod-resources", `the containers together ask for more ${name}`, "raise it");
  for (const name of hasFields(limits.value) ? Object.keys(limits.value) : [])
    if (
      listAt(pod, "containers").some(
        (each) => amountIn(each, "limits", name) > (quantityOf(valueAt(limits.value, name)) ?? 0n),
      )
    )
      report(at(limits, name), "pod-resources", `a container may have more ${name} than its pod`, "raise it");
}

const resourcesOfPod = kindResources(podResource);

/** What a pod asks for and may have as a whole, which is off by default up to 1.33. */
export function podResources(place: RulePlace, look: Look): void {
  if (look.minor < 34) return;
  resourcesOfPod(place, look);
  containersFit(place, look);
  if (valueAt(place.value, "claims") !== undefined)
    look.report(
      at(place, "claims"),
      "pod-claims-forbidden",
      "a pod as a whole claims nothing",
      "take it out",
    );
}
