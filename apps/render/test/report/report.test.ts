import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { html } from "../../src/commands/report/page/html.ts";
import { page } from "../../src/commands/report/page/page.ts";
import { atlasRender, temporaryFolder } from "../command.ts";

const folder = temporaryFolder();

test("the page holds all environments, and goes to stdout without a file", () => {
  const { status, stdout, stderr } = atlasRender("report");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^<!doctype html>/);
  for (const id of ["side-by-side", "base", "dev"]) expect(stdout).toContain(`<section id="${id}"`);
  expect(atlasRender("report", "--output", "-").stdout).toBe(stdout);
});

test("it names nothing elsewhere that a browser would load, and runs nothing", () => {
  const { stdout } = atlasRender("report", "dev");
  expect(stdout).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|@import|url\(|\ssrc=|href="(?!#)/i);
  expect(stdout).toContain("default-src 'none'");
});

test("a file is written whole, and over an earlier report", () => {
  const file = join(folder, "new/report.html");
  expect(atlasRender("report", "dev", "-o", file)).toMatchObject({ status: 0, stdout: "" });
  expect(readFileSync(file, "utf8")).toMatch(/<\/html>\n$/);
  expect(atlasRender("report", "base", "-o", file).status).toBe(0);
  expect(readFileSync(file, "utf8")).toContain('<section id="base"');
});

describe("what is refused leaves everything as it was", () => {
  test("a file that is not a report", () => {
    const file = join(folder, "notes.html");
    writeFileSync(file, "mine");
    const { status, stdout, stderr } = atlasRender("report", "dev", "-o", file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("there is a file that is not a report of atlas-render");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test.each(["an earlier report", "nothing"])("a symbolic link to %s", (what) => {
    const [file, other] = [join(folder, `link to ${what}.html`), join(folder, `${what}.html`)];
    if (what !== "nothing") expect(atlasRender("report", "base", "-o", other).status).toBe(0);
    const before = what === "nothing" ? undefined : readFileSync(other, "utf8");
    symlinkSync(other, file);
    const { status, stdout, stderr } = atlasRender("report", "dev", "-o", file);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("this is a symbolic link");
    expect(existsSync(other) ? readFileSync(other, "utf8") : undefined).toBe(before);
  });

  test("a folder", () => {
    const file = join(folder, "folder");
    mkdirSync(file);
    const { status, stderr } = atlasRender("report", "dev", "-o", file);
    expect(status).toBe(2);
    expect(stderr).toMatch(/this is a folder[^]*folder\/report\.html/);
  });

  test("a rendered folder", () => {
    const output = join(folder, "rendered");
    expect(atlasRender("render", "dev", "--output", output).status).toBe(0);
    const before = readdirSync(join(output, "dev"));
    const { status, stderr } = atlasRender("report", "dev", "-o", join(output, "dev/report.html"));
    expect(status).toBe(2);
    expect(stderr).toContain('that of the environment "dev"');
    expect(readdirSync(join(output, "dev"))).toEqual(before);
  });

  test("no name at all", () => {
    const { status, stderr } = atlasRender("report", "-o", "");
    expect(status).toBe(2);
    expect(stderr).toMatch(/--output is empty[^]*expected: a file/);
  });

  test("an environment that there is not", () => {
    const file = join(folder, "none.html");
    const { status, stderr } = atlasRender("report", "devv", "-o", file);
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean "dev"?');
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });
});

test("what was not written here is text", () => {
  const text = `<b a="1" b='2'>&\u0007`;
  expect(html`<i>${text}${3}${[html`<u>${text}</u>`]}</i>`.markup).toBe(
    "<i>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\ufffd3<u>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\ufffd</u></i>",
  );
});

test("findings have their place", () => {
  const row = {
    environment: "a",
    version: undefined,
    faults: [],
    replicas: undefined,
    objects: 0,
    namespace: undefined,
  };
  const connections = { workloads: [], callers: [], outward: [], inbound: [], outbound: [], known: [] };
  const finding = {
    code: "selector-matches-nothing",
    severity: "error",
    object: "Service/shop",
    path: "spec.selector",
    what: "it selects no pod",
    fix: "correct it",
    place: "shop.ts:3",
  } as const;
  const facts = { row, objects: [], connections, permissions: [], admissions: [] };
  const markup = (findings: readonly (typeof finding)[]): string =>
    page({ environments: [{ ...facts, findings }], differences: [] });
  expect(markup([finding])).toMatch(/selector-matches-nothing[^]*it selects no pod[^]*correct it/);
  expect(markup([])).toContain("Nothing was found.");
});
