/** Values for each field of a Gadget's spec: right ones, wrong ones, and those between. */
const values: { readonly [field: string]: readonly unknown[] } = {
  port: [1, "a", 1.5, null, true, []],
  portBoth: [1, "x", true, {}],
  memory: [1, "1Gi", "500Mi", "x", "1.5", "-1", 5],
  anything: [1, null, { a: { b: 1 } }, [1]],
  open: [{}, { known: 1, x: 2 }, { known: "a" }, { known: null }, 5],
  embedded: [
    {},
    { apiVersion: "v1", kind: "Pod" },
    { apiVersion: "v1", kind: "Pod", metadata: { name: "a" }, x: 1 },
    { apiVersion: "v1", kind: "Po d" },
    { apiVersion: "", kind: "Pod" },
    { apiVersion: "a/b/c", kind: "Pod" },
    { apiVersion: "v1", kind: "Pod", metadata: { name: 5 } },
    { apiVersion: "v1", kind: "Pod", metadata: { nmae: "a" } },
    { apiVersion: "v1", kind: "Pod", metadata: { name: "a/b" } },
    { apiVersion: "v1", kind: "Pod", metadata: { labels: { a: "b c" } } },
  ],
  embeddedClosed: [
    { apiVersion: "v1", kind: "X", data: { a: "b" } },
    { apiVersion: "v1", kind: "X", dat: 1 },
  ],
  maybe: [null, "x", 1],
  maybeWithDefault: [null, "x"],
  never: ["x", null],
  tuning: [
    null,
    {},
    { retries: 11 },
    { retries: 0, factor: 0 },
    { factor: 0.7 },
    { factor: 2 },
    { retries: "1" },
    [],
  ],
  zones: [null, [], ["a", 1], ["a", null], "a"],
  size: ["small", "huge", null, 1],
  level: [1, 4, "1", 1.0],
  mode: [null, "on", "x"],
  when: [
    "2020-01-01T00:00:00Z",
    "2020-01-01t00:00:00z",
    "2020-13-01T00:00:00Z",
    "2020-01-01 00:00:00Z",
    "2020-02-30T00:00:00Z",
    "2020-01-01T00:00:00",
    "2020-01-01T24:00:00Z",
    "2020-01-01T00:00:00.5+02:00",
    5,
  ],
  day: ["2020-01-01", "2020-02-30", "20200101", "2020-1-1"],
  wait: ["1h", "1h30m", "2 days", "x", "5", "-1.5h", "1d", "", "0", "10 parsecs", "3 weeks"],
  host: ["a.b", "a_b", "-a", "ex ample", "a", "example.com", "é.com", "a..b", "1.2.3.4", "a-"],
  address: ["1.2.3.4", "1.2.3", "256.1.1.1", "10.0.0.1", "01.2.3.4", "::ffff:1.2.3.4"],
  address6: [
    "::1",
    "fe80::1",
    "1::2::3",
    "1.2.3.4",
    "::ffff:1.2.3.4",
    "12345::",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7",
    "fe80::1%eth0",
  ],
  range: ["10.0.0.0/8", "10.0.0.0/33", "::/0", "10.0.0.0", "1.2.3.4/08"],
  link: [
    "http://a/b",
    "/a",
    "a",
    "http://",
    "http:",
    "mailto:x",
    "http://a b",
    "http://a/%zz",
    "x:y",
    "http://[::1",
  ],
  blob: ["YQ==", "YQ", "!", "", "YWJj", "YW Jj", "YQ==\n"],
  id: ["123e4567-e89b-12d3-a456-426614174000", "123E4567e89b12d3a456426614174000", "x"],
  hardware: ["01:23:45:67:89:ab", "01-23-45-67-89-ab", "0123.4567.89ab", "01:23", "01:23-45:67:89:ab"],
  mail: ["a@b", "a@b.c", "a", "A <a@b>", "a b@c", "<a@b>", '"x y"@z', "a@"],
  count: [1, 10, 2147483648, -3000000000, 1.5],
  invented: ["x"],
  code: ["ab", "a", "abcde", "a b", "a-b", "éé"],
  insensitive: ["AB1", "ab12\n", "ab", "xab1"],
  punctuated: ['/a_"@:', "/a", "/a:"],
  labels: [{}, { a: "" }, { a: "b", c: "d", e: "f" }, { a: 1 }, { a: null }],
  counts: [{ a: 1 }, { a: "1" }, { a: null }],
  tags: [[], ["a"], ["a", "a"], ["A"], ["c", "b", "a"], ["a", "b", "c"], ["a", "b", "c", "d"], [null]],
  ports: [
    [{ number: 1 }],
    [{ number: 1 }, { number: 1 }],
    [{ number: 1 }, { number: 1, protocol: "UDP" }],
    [{ number: 1, protocol: "TCP" }, { number: 1 }],
    [{}],
    [{ number: 1, name: "bad" }],
    ["a"],
    [{ number: 1, x: 1 }],
  ],
  atom: [{ a: "x" }, { b: "x" }],
  source: [{}, { file: "a" }, { file: "a", url: "b" }, { file: null }, { url: "x", foo: 1 }],
  target: [{}, { a: "x" }, { a: "x", b: "y" }, { a: "z", b: "y" }, { b: "x" }],
  narrowed: ["a", "b", "d"],
  kind: [
    {},
    { type: "plain" },
    { type: "plain", size: 1 },
    { type: "sized", size: 0 },
    { type: "sized", size: 1 },
    { type: "sized" },
    { size: 3 },
  ],
  replicas: [0, 1, 101, -1, "1"],
  minReplicas: [0, 50],
  frozen: ["a"],
  namespace: ["kube-system", "x"],
  ratio: [1, 2.5, 2.4, 3],
  span: ["1h", "1ms", "x"],
  budget: [1, 0, "5%", "x", null],
};

/** Specs of Gadgets, from three to seven fields each; the same ones every time. */
export function gadgetSpecs(count: number): readonly object[] {
  const fields = Object.keys(values);
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Object.fromEntries(
      Array.from({ length: 3 + next(5) }, () => {
        const field = fields[next(fields.length)] ?? "";
        const choices = values[field] ?? [];
        // Mostly the first, which is right, so that not every spec is refused.
        return [field, choices[next(3) === 0 ? next(choices.length) : 0]];
      }),
    ),
  );
}
