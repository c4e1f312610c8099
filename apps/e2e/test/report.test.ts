import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { temporaryFolder } from "@atlas/testing";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../src/chromium.ts";

const executablePath = findChromium();
const entry = fileURLToPath(import.meta.resolve("../../render/bin/atlas-render.js"));
const root = fileURLToPath(new URL("../../..", import.meta.url));
const axe = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

const atlasRender = (...args: readonly string[]): void =>
  void execFileSync(process.execPath, ["--conditions=@atlas/source", entry, ...args], {
    cwd: root,
    stdio: "pipe",
  });

/** What axe-core says of a page. */
interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
  readonly passes: readonly { readonly id: string }[];
}

describe.skipIf(executablePath === undefined)(
  "the report in Chromium, which needs one (apt-get install chromium, or CHROMIUM=its path)",
  () => {
    const folder = temporaryFolder();
    const file = join(folder, "report.html");
    let browser: Browser;

    beforeAll(async () => {
      atlasRender("report", "-o", file);
      // As root, Chromium runs in no sandbox of its own.
      browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
    });

    /** Opens the page, and holds that it asks for nothing and complains of nothing. */
    async function open(options: BrowserContextOptions = {}, report = file): Promise<Page> {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => asked.push(message.text()));
      page.on("pageerror", (error) => asked.push(String(error)));
      await page.goto(pathToFileURL(report).href);
      expect(asked).toEqual([pathToFileURL(report).href]);
      return page;
    }

    test("says without JavaScript who gets through, and why", async () => {
      const page = await open({ javaScriptEnabled: false });
      const table = page.locator("#dev").getByRole("group", { name: "Who may call it" });
      const row = table.getByRole("row", { name: /^prometheus/ });
      expect(await row.getByRole("link").allTextContents()).toEqual(["no", "no", "yes"]);
      await row.getByRole("link", { name: "yes" }).click();
      const why = page.locator("tr", { has: page.locator(":target") });
      expect(await why.textContent()).toMatch(/this lets it in: NetworkPolicy\/allow-envoy-stats-scrape/);
      await page.context().close();
    });

    test("says what will not work, or should be looked at", async () => {
      const page = await open({ javaScriptEnabled: false });
      const findings = page.locator("#dev\\.findings").getByRole("row");
      const found = findings.filter({ hasText: "isolation-one-way" });
      expect(await found.textContent()).toMatch(/default-deny[^]*spec\.policyTypes[^]*default-deny\.ts:9/);
      await page.context().close();
    });

    test("unfolds an object, as it is rendered", async () => {
      const page = await open({ javaScriptEnabled: false });
      const objects = page.locator("#dev\\.objects");
      const text = objects.locator("pre").filter({ hasText: "kind: Sidecar" });
      expect(await text.isVisible()).toBe(false);
      await objects
        .getByRole("row", { name: /^Sidecar/ })
        .locator("summary")
        .click();
      expect(await text.isVisible()).toBe(true);
      expect(await text.textContent()).toMatch(
        /^apiVersion: networking\.istio\.io\/v1beta1\nkind: Sidecar\nmetadata:\n  name/,
      );
      await page.context().close();
    });

    test("can be read with the keyboard alone", async () => {
      const page = await open();
      const focused = (): Promise<string> =>
        page.evaluate<string>(
          `[document.activeElement.tagName, document.activeElement.getAttribute("href") ?? document.activeElement.ariaLabel].join(" ")`,
        );
      await page.keyboard.press("Tab");
      expect(await focused()).toBe("A #content");
      expect(await page.locator(".skip").boundingBox()).toMatchObject({ x: 16 });
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      // What is wider than the window is scrolled by whoever has no mouse.
      expect(await focused()).toBe("DIV The environments");
      const link = page.locator("#dev a.answer").first();
      await link.focus();
      await page.keyboard.press("Enter");
      const target = page.locator(":target");
      expect(await target.isVisible()).toBe(true);
      const box = await target.boundingBox();
      const header = await page.locator("header").boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual(header?.height ?? Infinity);
      const summary = page.locator("#dev summary").first();
      await summary.focus();
      await page.keyboard.press("Enter");
      expect(await page.locator("#dev details").first().getAttribute("open")).toBe("");
      await page.context().close();
    });

    test.each(["light", "dark"] as const)(
      "is as axe-core asks, %s, and follows what the reader has",
      async (colorScheme) => {
        const page = await open({ colorScheme, bypassCSP: true });
        const paper = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        expect(paper).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(18, 22, 30)");
        await page.evaluate(axe);
        const results = await page.evaluate(() =>
          (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
        );
        const found = results.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
        expect(found).toEqual([]);
        expect(results.passes.map(({ id }) => id)).toContain("color-contrast");
        await page.context().close();
      },
    );

    test.each([1280, 800, 360])("a window %d wide is never scrolled sideways as a whole", async (width) => {
      const page = await open({ viewport: { width, height: 800 } });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      await page.context().close();
    });

    test("on a phone, long texts and paths have room for their words", async () => {
      const page = await open({ viewport: { width: 390, height: 800 } });
      const cells = page.locator("td.path, td:has(.path), td:has(> small)");
      const widths = await cells.evaluateAll((all) => all.map((cell) => cell.clientWidth));
      expect(widths.length).toBeGreaterThan(20);
      expect(Math.min(...widths)).toBeGreaterThan(170);
      await page.context().close();
    });

    test("the picture has an arrow for each connection that gets through, and no text runs out of its box", async () => {
      const page = await open();
      const picture = page.locator("#dev svg");
      expect(await picture.locator(".way-yes").count()).toBe(
        await page.locator("#dev").getByRole("link", { name: "yes", exact: true }).count(),
      );
      const outside = await picture.evaluate((svg) =>
        [...svg.querySelectorAll("g")].flatMap((group) => {
          const box = group.querySelector("rect")?.getBoundingClientRect();
          if (!box) return [];
          return [...group.querySelectorAll("text")]
            .filter((text) => text.getBoundingClientRect().right > box.right - 4)
            .map((text) => text.textContent);
        }),
      );
      expect(outside).toEqual([]);
      await page.context().close();
    });

    test("what an object says is text, whatever it says", async () => {
      const environments = join(folder, "environments");
      mkdirSync(join(environments, "planted"), { recursive: true });
      writeFileSync(
        join(environments, "planted/index.js"),
        `import { base } from "@atlas/compose";
        const data = { "</pre>": '<img src="x" onerror="alert(1)">', b: "</style><script>alert(1)</script>" };
        export default base({ resources: [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data }] });
        `,
      );
      const planted = join(folder, "planted.html");
      atlasRender("report", "--environments", environments, "-o", planted);
      const page = await open({}, planted);
      expect(await page.locator("img, script").count()).toBe(0);
      await page.locator("summary").click();
      expect(await page.locator("pre").textContent()).toContain(`<img src=\\"x\\" onerror=`);
      await page.context().close();
    });

    // What a person looks at: where this names a folder, the pictures stay in it.
    const kept = process.env["REPORT_SCREENSHOTS"];
    test.each(["light", "dark"] as const)("can be looked at, %s", async (colorScheme) => {
      const page = await open({ colorScheme, viewport: { width: 1280, height: 900 } });
      for (const part of [
        "side-by-side",
        "dev.findings",
        "dev.connections",
        "dev.permissions",
        "dev.objects",
      ]) {
        const picture = await page.locator(`[id="${part}"]`).screenshot();
        expect(picture.length).toBeGreaterThan(5000);
        if (kept) writeFileSync(join(kept, `${part}-${colorScheme}.png`), picture);
      }
      await page.context().close();
    });
  },
);
