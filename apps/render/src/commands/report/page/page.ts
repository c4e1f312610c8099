import type { EnvironmentFacts, ReportFacts } from "../facts/report-facts.ts";
import { connectionsSection } from "./connections-section.ts";
import { html, idOf, none, type Html } from "./html.ts";
import { admissionsSection, findingsSection, objectsSection } from "./objects-section.ts";
import { permissionsSection } from "./permissions-section.ts";
import { sideBySide } from "./side-by-side.ts";
import { style } from "./style.ts";

/** What each page says of itself, by which one is known that may be replaced. */
export const generatorName = "atlas-render report";

/** The page: one file that needs nothing from elsewhere and runs nothing, which its policy holds the browser to. */
export function page({ environments, differences }: ReportFacts): string {
  const names = environments.map(({ row }) => row.environment);
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="generator" content="${generatorName}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <title>Environments: ${names.join(", ")}</title>
        <style>
          ${{ markup: style }}
        </style>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <div>
            <h1>Environments of the Atlas Operator</h1>
            <nav aria-label="Sections">
              <ul>
                <li><a href="#side-by-side">Side by side</a></li>
                ${names.map((name) => html`<li><a href="#${idOf(name)}">${name}</a></li>`)}
              </ul>
            </nav>
          </div>
        </header>
        <main id="content" tabindex="-1">
          <section id="side-by-side" aria-labelledby="side-by-side.title">
            <h2 id="side-by-side.title">Side by side</h2>
            ${sideBySide(environments, differences)}
          </section>
          ${environments.map(environmentSection)}
        </main>
      </body>
    </html> `;
  return `${markup.trim()}\n`;
}

function environmentSection(facts: EnvironmentFacts): Html {
  const { row, objects, connections, permissions, admissions, findings } = facts;
  const id = idOf(row.environment);
  const part = (name: string, title: string, content: Html): Html =>
    html` <section id="${id}.${name}" aria-labelledby="${id}.title ${id}.${name}.title">
      <h3 id="${id}.${name}.title">${title}</h3>
      ${content}
    </section>`;
  return html` <section id="${id}" aria-labelledby="${id}.title">
    <h2 id="${id}.title">${row.environment}</h2>
    <p class="soft">
      ${row.objects}
      objects${row.namespace === undefined ? none : html` in ${row.namespace}`}${row.version === undefined ? none : html`, release ${row.version}`}
    </p>
    ${part("findings", "Findings", findingsSection(findings))}
    ${part("connections", "Who may talk to whom", connectionsSection(row.environment, connections))}
    ${part("permissions", "Permissions", permissionsSection(permissions))}
    ${part("admission", "Pod Security", admissionsSection(admissions))}
    ${part("objects", "Objects", objectsSection(objects))}
  </section>`;
}
