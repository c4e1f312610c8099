import type { AdmissionFacts, FindingFacts, ObjectFacts } from "../facts/report-facts.ts";
import { html, type Html } from "./html.ts";
import { answerMark, column, inSteps, reasonList, table, whereMark } from "./parts.ts";

/** The objects, each with the place of its declaration, and its YAML to unfold. */
export const objectsSection = (objects: readonly ObjectFacts[]): Html =>
  table(
    `${objects.length} objects, in the order in which they are applied`,
    ["kind", "name", "namespace", "declared at"].map((label) => column(label)),
    objects.map(
      ({ kind, apiVersion, name, namespace, place, text }) =>
        html` <tr>
          <th scope="row">${kind}<small>${apiVersion}</small></th>
          <td>
            ${
              text === undefined
                ? html`${name}`
                : html`<details>
                    <summary>${name}</summary>
                    <pre tabindex="0">${text}</pre>
                  </details>`
            }
          </td>
          <td>${namespace ?? "–"}</td>
          <td>${whereMark(place)}</td>
        </tr>`,
    ),
  );

/** Whether the pods of the workloads are admitted to their namespaces. */
export function admissionsSection(admissions: readonly AdmissionFacts[]): Html {
  if (admissions.length === 0) return html`<p>No object makes pods.</p>`;
  return table(
    "Whether pods are admitted, by the standard that their namespace asks for",
    ["workload", "standard", "admitted", "because"].map((label) => column(label)),
    admissions.map(
      ({ workload, standard, answer }) =>
        html` <tr>
          <th scope="row">${workload}</th>
          <td>${standard}</td>
          <td>${answerMark(answer)}</td>
          <td>${reasonList(answer.because)}</td>
        </tr>`,
    ),
  );
}

/** What checks have found. */
export function findingsSection(findings: readonly FindingFacts[]): Html {
  if (findings.length === 0) return html`<p>Nothing was found.</p>`;
  return table(
    "What will not work, or should be looked at",
    ["finding", "object", "what", "fix"].map((label) => column(label)),
    findings.map(
      ({ code, severity, object, path, what, fix, place }) =>
        html` <tr>
          <th scope="row">
            ${code}<small
              ><span class="answer ${severity === "error" ? "no" : "depends"}">${severity}</span></small
            >
          </th>
          <td>${object} <span class="path">${inSteps(path)}</span>${whereMark(place)}</td>
          <td>${what}</td>
          <td>${fix ?? ""}</td>
        </tr>`,
    ),
  );
}
