import { describe, expect, test } from "vitest";
import { readYaml } from "@atlas/input/yaml";
import { placeAlong } from "../src/read/cursor.ts";

const text = `metadata:
  labels:
    app: web
    app.kubernetes.io/name: web
    app.kubernetes.io/part-of: shop
    kubernetes.io: other
spec:
  template:
    spec:
      containers:
      - name: side
        image: web
      - name: web
        imgae: nginx
        args: [a, b]
        ports:
        - containerPort: 53
          protocol: UDP
          nmae: dns
        - containerPort: 53
          hostPrt: 1
        volumeMounts:
        - name: tmp
          mountPath: /tmp
          readonly: true
`;
const [document = null] = readYaml(Buffer.from(text), "p.yaml");

/** The lines of the text by what they say. */
const lineOf = (part: string): number => text.split("\n").findIndex((line) => line.includes(part)) + 1;

describe("the place of a path is that of what it names", () => {
  const containers = "spec.template.spec.containers";
  const table: [path: string, line: string][] = [
    ["metadata.labels.app", "    app: web"],
    ['metadata.labels["app.kubernetes.io/name"]', "app.kubernetes.io/name"],
    ['metadata.labels["app.kubernetes.io/part-of"]', "part-of"],
    ['metadata.labels["kubernetes.io"]', "    kubernetes.io"],
    [`${containers}[web].imgae`, "imgae"],
    [`${containers}[1].imgae`, "imgae"],
    [`${containers}[side].image`, "image: web"],
    [`${containers}[web].args[1]`, "args"],
    [`${containers}[web].ports[53/UDP].nmae`, "nmae"],
    [`${containers}[web].ports[53/TCP].hostPrt`, "hostPrt"],
    [`${containers}[web].volumeMounts[/tmp].readonly`, "readonly"],
    [`${containers}[web].gone`, "      - name: web"],
    [`${containers}[gone].image`, "containers:"],
    ["spec.gone.more", "spec:"],
  ];
  test.each(table)("%s", (path, line) => {
    expect(placeAlong(document, path, { file: "elsewhere", line: 1 })).toEqual({
      file: "p.yaml",
      line: lineOf(line),
    });
  });

  test.each(["", "gone", "[", "constructor"])("else that of the whole: %j", (path) => {
    expect(placeAlong(document, path, { file: "k.yaml", line: 7 })).toEqual({ file: "k.yaml", line: 7 });
  });
});
