import type { AccountPermissions, Extent, PermissionRow } from "../facts/permissions.ts";
import { html, none, type Html } from "./html.ts";
import { column, reasonLine, table } from "./parts.ts";

const marks: Readonly<Record<Extent, { readonly says: string; readonly label: string }>> = {
  everywhere: { says: "yes", label: "all" },
  namespace: { says: "yes", label: "own" },
  named: { says: "depends", label: "named" },
  no: { says: "", label: "–" },
};

/** What each ServiceAccount may do. */
export function permissionsSection(accounts: readonly AccountPermissions[]): Html {
  if (accounts.length === 0) return html`<p>No object speaks of a ServiceAccount.</p>`;
  return html`${accounts.map(accountTable)}`;
}

function accountTable({ account, namespace, verbs, rows }: AccountPermissions): Html {
  const name = `ServiceAccount ${account} in ${namespace}`;
  if (rows.length === 0) return html`<p>${name}: nothing, by the roles among the objects.</p>`;
  return table(
    `${name}: in all namespaces, in its own, or with objects of some names alone`,
    [column("resource"), ...verbs.map((verb) => column(verb)), column("by")],
    rows.map((row) => rowMark(row)),
  );
}

const rowMark = ({ group, resource, names, extents, rules }: PermissionRow): Html =>
  html` <tr>
    <th scope="row">
      ${resource}<small
        >${group === "" ? (resource.startsWith("/") ? "path" : "core") : group}${names.length === 0 ? none : html`, only ${names.join(", ")}`}</small
      >
    </th>
    ${extents.map(extentMark)}
    <td>
      <ul class="because">
        ${rules.map((rule) => html`<li>${reasonLine({ ...rule, text: "rule" })}</li>`)}
      </ul>
    </td>
  </tr>`;

function extentMark(extent: Extent): Html {
  const { says, label } = marks[extent];
  if (extent === "no") return html`<td><span class="soft" aria-label="no">${label}</span></td>`;
  return html`<td><span class="answer ${says}">${label}</span></td>`;
}
