import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  admitted,
  podSecurityViolations,
  type KubernetesObject,
  type PodSecurityVersion,
} from "@atlas/checks";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { downloadModule } from "../../src/workspace/go-modules.ts";

const isWithoutGo = spawnSync("go", ["version"]).error !== undefined && !process.env["CI"];
const path = "k8s.io/pod-security-admission";

const releases = [
  { version: "v0.34.4", sum: "h1:p0mjfXZHtknqO+imC4/jz9XOSxLB8B/sWnxMYAcNyao=", files: 4093 },
  // With the changes of 1.35 and 1.37.
  { version: "v0.37.2", sum: "h1:mnfCR7fUzsvtiSiYZD9HTcTJ9cpJDMnQn++9Rq1mlrc=", files: 4537 },
];

// In CI it has to run.
describe.skipIf(isWithoutGo)("the fixtures of Pod Security, which need Go", () => {
  test.each(releases)(
    "$version: every pod is admitted or refused as said",
    async ({ files: count, ...release }) => {
      const folder = join(await downloadModule({ path, ...release }), "test/testdata");
      const files = globSync("{baseline,restricted}/*/{pass,fail}/*.yaml", { cwd: folder });
      expect(files.length).toBe(count);
      const pods = new Map<string, KubernetesObject>();
      const wrong = files.filter((file) => {
        const [level = "", version = "", outcome = "", name = ""] = file.split("/");
        const text = readFileSync(join(folder, file), "utf8");
        const pod: KubernetesObject = pods.get(text) ?? parse(text);
        pods.set(text, pod);
        const labels = {
          "pod-security.kubernetes.io/enforce": level,
          "pod-security.kubernetes.io/enforce-version": version,
        };
        const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "fixtures", labels } };
        const { allowed } = admitted(pod, namespace);
        if (allowed !== (outcome === "pass")) return true;
        // Each of those that are refused is named after the control that it breaks.
        const controls = podSecurityViolations(pod, level as "baseline", version as PodSecurityVersion);
        const broken = [...new Set(controls.map(({ control }) => control.toLowerCase()))];
        return outcome === "fail" && !isAfter(name, broken);
      });
      expect(wrong).toEqual([]);
    },
  );
});

/** Whether a control is broken that the fixture is named after, or the one that the level restricted has instead. */
function isAfter(file: string, controls: readonly string[]): boolean {
  const name = file.replace(/(?:_(?:baseline|restricted))?\d*\.yaml$/, "");
  const names = new Set(controls.map((control) => control.split("_")[0]));
  return names.has(name) || (name === "hostpathvolumes" && names.has("restrictedvolumes"));
}
