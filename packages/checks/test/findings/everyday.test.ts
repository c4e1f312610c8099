import { check, type RuleCode } from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { app, core, cron, net, policy, service, withContainer } from "../api-server/builders.ts";

const found = (code: RuleCode, ...objects: readonly object[]): readonly string[] =>
  check(objects as Parameters<typeof check>[0]).flatMap((finding) =>
    finding.code === code ? [`${finding.path.join(".")}: ${finding.fix}`] : [],
  );

const env = (...values: readonly string[]) =>
  withContainer({
    env: values.map((each) => ({ name: each.split("=")[0], value: each.slice(each.indexOf("=") + 1) })),
  });
const started = (command: readonly string[] | undefined, args: readonly string[], ...names: string[]) =>
  withContainer({ ...(command && { command }), args, env: names.map((name) => ({ name, value: "1" })) });
const [inEnv, inArgs] = ["spec.containers.0.env.0.value: ", "spec.containers.0.args.0: "];

describe("a variable that Kubernetes does not put in:", () => {
  test.each<readonly [title: string, object: object, said: readonly string[]]>([
    ["further down", env("A=$(B)", "B=1"), [`${inEnv}move B above it`]],
    ["misspelt", env("A=$(DATABASE_HSOT)", "DATABASE_HOST=1"), [`${inEnv}did you mean $(DATABASE_HOST)?`]],
    [
      "the image's own",
      env("PATH=$(PATH):/a"),
      [`${inEnv}write the whole value, or put it together in a shell`],
    ],
    ["for a shell", started(undefined, ["--host=$HOST"], "HOST"), [`${inArgs}write $(HOST)`]],
    ["for a shell, in braces", started(["serve"], ["--host=${HOST}"], "HOST"), [`${inArgs}write $(HOST)`]],
    ["above", env("B=1", "A=$(B)"), []],
    ["of the image", env("A=$(HOME)/a", "B=1"), []],
    ["escaped", env("A=$$(B)", "B=1"), []],
    ["in a text of another program", env("A=jdbc:x://${B}", "B=1"), []],
    ["in a shell", started(["sh", "-c"], ["serve --host=$HOST"], "HOST"), []],
    ["in a shell by its path", started(["/bin/bash", "-ec"], ["a=$HOST"], "HOST"), []],
    ["a script as an argument", started(undefined, ["if [ -n $HOST ]; then exit; fi"], "HOST"), []],
    ["of another name", started(undefined, ["--host=$NAME"], "HOST"), []],
  ])("%s", (_title, object, said) => {
    expect(found("variable-not-expanded", object)).toEqual(said);
  });
});

describe("what no shell takes apart:", () => {
  const [inCommand, flag] = ["spec.containers.0.command.0: ", inArgs];
  test.each<
    readonly [command: readonly string[] | undefined, args: readonly string[], said: readonly string[]]
  >([
    [["serve --port 80"], [], [`${inCommand}write ["serve", "--port", "80"]`]],
    [["sh -c 'sleep 1'"], [], [`${inCommand}write ["sh", "-c", "…"]`]],
    [undefined, ["--port 80"], [`${flag}write "--port", "80", or "--port=80"`]],
    [undefined, ["-port 80"], [`${flag}write "-port", "80", or "-port=80"`]],
    [undefined, ["-o Watch=true"], []],
    [["sh", "-c"], ["serve --port 80"], []],
    [["sh", "-c", "-x 1"], [], []],
    [undefined, ["--message=a b"], []],
    [undefined, ["--labels a=b --verbose"], []],
    [undefined, ["select 1"], []],
    [["/usr/bin/serve"], ["--port", "80"], []],
  ])("%j %j", (command, args, said) => {
    expect(found("argument-with-space", started(command, args))).toEqual(said);
  });
});

describe("a host of a Service in the cluster:", () => {
  const database = {
    ...service({ ports: [{ name: "sql", port: 5432 }] }),
    metadata: { name: "database", namespace: "shop" },
  };
  const direct = { ...service({ clusterIP: "None" }), metadata: { name: "direct", namespace: "shop" } };
  test.each<readonly [text: string, said: readonly string[]]>([
    ["postgres://database.shop.svc.cluster.local:5433/a", ["one of: 5432"]],
    ["databse.shop.svc", ["did you mean database.shop.svc?"]],
    ["http://database.shopp.svc:5432", ["did you mean database.shop.svc?"]],
    ["database.shop.svc:5432", []],
    ["postgres://a:b@database.shop.svc.cluster.local.:5432", []],
    ["cache.shop.svc:6379", []],
    ["database.data.svc:5432", []],
    ["direct.shop.svc:9999", []],
    ["my.database.shop.svc.example.com:1", []],
    ["pod-0.database.shop.svc:1", []],
    ["$(NAME).shop.svc:1", []],
  ])("%s", (text, said) => {
    const config = core("ConfigMap", { data: { URL: text } });
    for (const object of [config, env(`URL=${text}`)])
      expect(
        found("service-host-missing", database, direct, object).map((each) => each.replace(/^[^:]*: /, "")),
      ).toEqual(said);
  });
});

const encoded = (text: string) => core("Secret", { data: { password: btoa(text) } });
const plain = (text: string, key = "password") => core("Secret", { stringData: { [key]: text } });

describe("a value of a Secret:", () => {
  test.each<readonly [title: string, object: object, times: number]>([
    ["a line break behind it", encoded("hunter2\n"), 1],
    ["base64 of base64", encoded(btoa("postgres://shop")), 1],
    ["base64 as text", plain(btoa("postgres://shop")), 1],
    ["as it is", encoded("hunter2"), 0],
    ["a file", plain("a=1\n", "app.env"), 0],
    ["lines", encoded("a\nb\n"), 0],
    ["JSON", encoded('{"a":1}\n'), 0],
    ["a key of random bytes in base64", plain("q83vEjRWeJCrze8SNFZ4kA=="), 0],
    ["a word", plain("correcthorsebatterystaple"), 0],
    ["a number", plain("123456789012"), 0],
  ])("%s", (_title, object, times) => {
    expect(found("secret-value-mistaken", object)).toHaveLength(times);
  });
});

test.each<readonly [title: string, subPath: string, volume: object, said: readonly string[]]>([
  ["is not there", "b.conf", {}, ['did you mean "a.conf"?']],
  ["is there", "a.conf", {}, []],
  ["has another name there", "b.conf", { items: [{ key: "a.conf", path: "b.conf" }] }, []],
  ["may be missing", "b.conf", { optional: true }, []],
])("a key that is mounted by itself %s", (_title, subPath, volume, said) => {
  const pod = withContainer(
    { volumeMounts: [{ name: "a", mountPath: "/etc/a.conf", subPath }] },
    { volumes: [{ name: "a", configMap: { name: "settings", ...volume } }] },
  );
  const config = {
    ...core("ConfigMap", { data: { "a.conf": "" } }),
    metadata: { name: "settings", namespace: "shop" },
  };
  expect(found("key-missing", config, pod)).toEqual(
    said.map((fix) => `spec.containers.0.volumeMounts.0.subPath: ${fix}`),
  );
});

describe("a placeholder:", () => {
  test.each<readonly [text: string, times: number]>([
    ["{{ .Values.region }}", 1],
    ["{{- .Release.Name -}}-web", 1],
    ["{{ include .Chart.Name }}", 1],
    ["CHANGEME", 1],
    ["<your-token>", 1],
    ["https://REPLACE_ME.example.com", 1],
    ["TODO", 1],
    ["{{ .Labels.alertname }}", 0],
    ["{{ $value }}", 0],
    ["TODO: see the ticket", 0],
    ["todo-app", 0],
    ["EXCHANGEMENT", 0],
    ["<p>your</p>", 0],
  ])("%s", (text, times) => {
    expect(found("placeholder-left", env(`A=${text}`))).toHaveLength(times);
  });
});

test.each<readonly [schedule: string, said: readonly string[]]>([
  ["* 3 * * *", ['spec.schedule: did you mean "0 3 * * *"?']],
  ["* 3,15 * * 1", ['spec.schedule: did you mean "0 3,15 * * 1"?']],
  ["* * * * *", []],
  ["*/5 3 * * *", []],
  ["0 3 * * *", []],
  ["* 8-18 * * *", []],
  ["@daily", []],
])("of the schedule %s", (schedule, said) => {
  expect(found("schedule-every-minute", cron(schedule))).toEqual(said);
});

test.each<readonly [title: string, own: object, ofPod: object, times: number]>([
  ["both of the container", { runAsNonRoot: true, runAsUser: 0 }, {}, 1],
  ["both of the pod", {}, { runAsNonRoot: true, runAsUser: 0 }, 1],
  ["one of each", { runAsUser: 0 }, { runAsNonRoot: true }, 1],
  ["the container's wins", { runAsUser: 1000 }, { runAsNonRoot: true, runAsUser: 0 }, 0],
  ["the container may", { runAsNonRoot: false }, { runAsNonRoot: true, runAsUser: 0 }, 0],
  ["the image says", { runAsNonRoot: true }, {}, 0],
])("root that is not allowed: %s", (_title, own, ofPod, times) => {
  expect(
    found("root-not-allowed", withContainer({ securityContext: own }, { securityContext: ofPod })),
  ).toHaveLength(times);
});

test.each<readonly [title: string, spec: object, times: number]>([
  ["egress without the type", { policyTypes: ["Ingress"], egress: [{}] }, 1],
  ["ingress without the type", { policyTypes: ["Egress"], egress: [{}], ingress: [{}] }, 1],
  ["with both", { policyTypes: ["Ingress", "Egress"], egress: [{}], ingress: [{}] }, 0],
  ["of the default types", { egress: [{}], ingress: [{}] }, 0],
  ["an empty list", { policyTypes: ["Ingress"], egress: [] }, 0],
])("rules of a policy: %s", (_title, spec, times) => {
  expect(found("policy-rules-unused", net("NetworkPolicy", { podSelector: {}, ...spec }))).toHaveLength(
    times,
  );
  expect(found("policy-rules-unused", policy({ podSelector: {} }))).toEqual([]);
});

test.each<readonly [title: string, selector: object | undefined, times: number]>([
  ["others", { matchLabels: { app: "wbe" } }, 1],
  ["its own", { matchLabels: { app: "web" } }, 0],
  ["all", {}, 0],
  ["none stated", undefined, 0],
])("a spread of %s", (_title, labelSelector, times) => {
  const constraint = { maxSkew: 1, topologyKey: "a/b", whenUnsatisfiable: "DoNotSchedule", labelSelector };
  expect(
    found("spread-selects-others", app("Deployment", {}, { topologySpreadConstraints: [constraint] })),
  ).toHaveLength(times);
});

test.each<readonly [path: string, said: readonly string[]]>([
  ["data", ['write "/data"']],
  ["./data", ['write "/data"']],
  ["/data", []],
  [String.raw`C:\data`, []],
])("a volume mounted at %s", (mountPath, said) => {
  const pod = withContainer(
    { volumeMounts: [{ name: "a", mountPath }] },
    { volumes: [{ name: "a", emptyDir: {} }] },
  );
  expect(found("mount-path-relative", pod).map((each) => each.replace(/^[^:]*: /, ""))).toEqual(said);
});

test.each<readonly [name: string, said: readonly string[]]>([
  ["CAP_NET_RAW", ['write "NET_RAW"']],
  ["cap_net_raw", ['write "NET_RAW"']],
  ["net_raw", []],
  ["all", []],
  ["ALL", []],
  ["NET_RAW", []],
])("a capability called %s", (name, said) => {
  const pod = withContainer({ securityContext: { capabilities: { drop: [name] } } });
  expect(found("capability-unknown", pod).map((each) => each.replace(/^[^:]*: /, ""))).toEqual(said);
});

test.each<readonly [title: string, value: string, spec: object, times: number]>([
  ["the cluster's names", "http://web.shop.svc", { hostNetwork: true }, 1],
  ["the default by its name", "http://web.shop.svc", { hostNetwork: true, dnsPolicy: "ClusterFirst" }, 1],
  ["the right policy", "http://web.shop.svc", { hostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" }, 0],
  ["names of others", "http://example.com", { hostNetwork: true }, 0],
  ["a network of its own", "http://web.shop.svc", {}, 0],
])("a pod in the network of its node: %s", (_title, value, spec, times) => {
  expect(found("host-network-dns", withContainer({ env: [{ name: "A", value }] }, spec))).toHaveLength(times);
});

test.each<readonly [host: string, certified: string, times: number]>([
  ["a.example.com", "b.example.com", 1],
  ["a.example.com", "a.example.com", 0],
  ["a.example.com", "*.example.com", 0],
  ["*.example.com", "a.example.com", 0],
  ["", "b.example.com", 0],
])("an Ingress for %s with a certificate for %s", (host, certified, times) => {
  const backend = { service: { name: "web", port: { number: 80 } } };
  const rule = { ...(host && { host }), http: { paths: [{ path: "/", pathType: "Prefix", backend }] } };
  const ingress = net("Ingress", { tls: [{ hosts: [certified], secretName: "a" }], rules: [rule] });
  expect(found("ingress-host-without-rule", ingress)).toHaveLength(times);
});

test.each<readonly [storage: string | number, said: readonly string[]]>([
  ["10", ['did you mean "10Gi"?']],
  [10, ['did you mean "10Gi"?']],
  ["512k", ["write memory in bytes, as 512Mi, and cpu in cores, as 500m"]],
  ["10Gi", []],
  ["1M", ["write memory in bytes, as 512Mi, and cpu in cores, as 500m"]],
  ["0", []],
])("a claim of %j", (storage, said) => {
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } };
  expect(
    found("amount-mistaken", core("PersistentVolumeClaim", { spec })).map((each) =>
      each.replace(/^[^:]*: /, ""),
    ),
  ).toEqual(said);
});
