import type { EnvironmentDifference } from "../facts/differences.ts";
import type { EnvironmentFacts } from "../facts/report-facts.ts";
import { html, idOf, none, type Html } from "./html.ts";
import { column, inSteps, table } from "./parts.ts";

/** The environments side by side: at a glance, and in every value that is not the same in all of them. */
export function sideBySide(
  environments: readonly EnvironmentFacts[],
  differences: readonly EnvironmentDifference[],
): Html {
  return html` ${table(
    "The environments",
    ["environment", "release", "replicas", "namespace", "objects", "connections to it", "pods"].map((label) =>
      column(label),
    ),
    environments.map(glance),
  )}
  ${environments.length < 2 ? none : differencesTable(environments, differences)}`;
}

function glance({ row, connections, admissions }: EnvironmentFacts): Html {
  const answers = connections.inbound.flat(2).filter((answer) => answer !== undefined);
  const through = answers.filter(({ says }) => says === "yes").length;
  const refused = admissions.filter(({ answer }) => answer.says === "no").length;
  return html` <tr>
    <th scope="row"><a href="#${idOf(row.environment)}">${row.environment}</a></th>
    <td>
      ${row.version ?? "–"}${row.faults.map((fault) => html`<small>known fault: ${inSteps(fault)}</small>`)}
    </td>
    <td>${row.replicas ?? "–"}</td>
    <td>${row.namespace ?? "–"}</td>
    <td>${row.objects}</td>
    <td>${through} of ${answers.length} get through</td>
    <td>${refused === 0 ? "admitted" : `${refused} of ${admissions.length} refused`}</td>
  </tr>`;
}

function differencesTable(
  environments: readonly EnvironmentFacts[],
  differences: readonly EnvironmentDifference[],
): Html {
  if (differences.length === 0) return html`<p>Their objects are the same.</p>`;
  const byObject = Map.groupBy(differences, ({ object }) => object);
  return table(
    "What is not the same in all of them",
    [column("object"), column("value"), ...environments.map(({ row }) => column(row.environment))],
    [...byObject.values()].flatMap((own) =>
      own.map((each, index) => differenceRow(each, index === 0 ? own.length : 0)),
    ),
  );
}

/** A difference; the first one of an object names it for all of them. */
const differenceRow = ({ object, path, values }: EnvironmentDifference, span: number): Html =>
  html` <tr>
    ${span === 0 ? none : html`<th scope="rowgroup" rowspan="${span}">${object}</th>`}
    <td class="path">${path === "" ? "the object" : inSteps(path)}</td>
    ${values.map((value) => (value === undefined ? html`<td class="soft">–</td>` : html`<td class="value">${value}</td>`))}
  </tr>`;
