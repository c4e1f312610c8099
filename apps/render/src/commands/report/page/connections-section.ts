import type { Answer } from "../facts/answer.ts";
import type { Connections } from "../facts/connections.ts";
import type { KnownHosts } from "../facts/known-hosts.ts";
import { portText } from "../facts/parties.ts";
import type { Party } from "../facts/party.ts";
import { html, idOf, none, type Html } from "./html.ts";
import { answerMark, column, reasonList, table, whereMark } from "./parts.ts";
import { picture } from "./picture.ts";

/** A connection, and the id of its reasons. */
interface AskedConnection {
  readonly from: Party;
  readonly to: Pick<Party, "label" | "detail">;
  readonly answer: Answer;
  readonly id: string;
}

/** Every connection that was asked about, a list for each caller; undefined for a workload that calls itself. */
interface AllAsked {
  readonly inward: readonly (readonly (AskedConnection | undefined)[])[];
  readonly away: readonly (readonly AskedConnection[])[];
}

/** Who may talk to whom: the picture, a table of those who call, one of what is called, and the reasons of each answer. */
export function connectionsSection(environment: string, connections: Connections): Html {
  const { workloads, callers, outward, known } = connections;
  if (workloads.length === 0) return html`<p>No object makes pods.</p>`;
  const { inward, away } = allAsked(environment, connections);
  const ports = workloads.flatMap(({ label, ports: own }) =>
    own.map((port) => column(label, portText(port))),
  );
  const called = outward.map((each) => column(each.label, `${portText(each.port)}, ${each.detail}`));
  const whys = [...inward, ...away].flatMap((asked) => whyGroups(asked.filter((each) => each !== undefined)));
  const whoCalls = table(
    "Who may call it",
    [column("from"), ...ports],
    callers.map((caller, row) => connectionRow(caller, inward[row] ?? [])),
  );
  return html`
    ${figure(environment, connections)} ${ports.length === 0 ? none : whoCalls}
    ${table(
      "What it may call",
      [column("from"), ...called],
      workloads.map((workload, at) => connectionRow(workload, away[at] ?? [])),
    )}
    ${known.map(knownLine)}
    <h4>Why</h4>
    ${table(
      "The reasons of each answer",
      ["from", "to", "answer", "because"].map((label) => column(label)),
      whys.map(whyRow),
    )}
  `;
}

function allAsked(environment: string, connections: Connections): AllAsked {
  const { workloads, callers, outward, inbound, outbound } = connections;
  const inward = callers.map((caller, row) =>
    workloads.flatMap((workload, at) =>
      workload.ports.map((port, which): AskedConnection | undefined => {
        const answer = inbound[row]?.[at]?.[which];
        const to = { label: workload.label, detail: portText(port) };
        return answer && { from: caller, to, answer, id: idOf(environment, "in", row, at, which) };
      }),
    ),
  );
  const away = workloads.map((workload, at) =>
    outward.flatMap((each, which): AskedConnection[] => {
      const answer = outbound[at]?.[which];
      const to = { label: each.label, detail: `${portText(each.port)}, ${each.detail}` };
      return answer ? [{ from: workload, to, answer, id: idOf(environment, "out", at, which) }] : [];
    }),
  );
  return { inward, away };
}

const figure = (environment: string, connections: Connections): Html => html`
  <figure>
    <div class="scroll" role="group" aria-label="Picture of who gets through to whom" tabindex="0">
      ${picture(idOf(environment, "picture"), connections)}
    </div>
    <figcaption>
      An arrow is a connection that gets through, by NetworkPolicies and the mesh; a dashed one depends on
      what the objects do not say. What does not get through has none.
    </figcaption>
  </figure>
`;

const namedParty = ({ label, detail }: Pick<Party, "label" | "detail">): Html =>
  html`${label}<small>${detail}</small>`;

const connectionRow = (caller: Party, asked: readonly (AskedConnection | undefined)[]): Html =>
  html` <tr>
    <th scope="row">${namedParty(caller)}</th>
    ${asked.map((each) => html`<td>${each ? answerMark(each.answer, each.id) : html`<span class="soft">itself</span>`}</td>`)}
  </tr>`;

/** Connections of one caller with the same answer for the same reasons. */
const whyGroups = (asked: readonly AskedConnection[]): readonly (readonly AskedConnection[])[] => [
  ...Map.groupBy(asked, ({ answer }) => JSON.stringify(answer)).values(),
];

/** One row for connections with the same reasons; each of them leads to it. */
function whyRow(group: readonly AskedConnection[]): Html {
  const [first] = group;
  if (first === undefined) return none;
  return html` <tr>
    <th scope="row">${namedParty(first.from)}</th>
    <td>${group.map(({ id, to }) => html`<div class="to" id="${id}">${namedParty(to)}</div>`)}</td>
    <td>${answerMark(first.answer)}</td>
    <td>${reasonList(first.answer.because)}</td>
  </tr>`;
}

/** What proxies know by name. */
const knownLine = ({ sidecar, hosts, others, place }: KnownHosts): Html =>
  html` <p>
    By ${sidecar}${whereMark(place)}, the proxy knows
    ${hosts.map((host, index) => html`${index === 0 ? "" : ", "}<code>${host}</code>`)}; what it does not know
    is ${others}.
  </p>`;
