import type { Answer } from "../facts/answer.ts";
import type { Connections } from "../facts/connections.ts";
import { portText, type NamedPort } from "../facts/parties.ts";
import { html, none, type Html } from "./html.ts";

/** A box, and where ways end at it. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly note: string;
  readonly isOwn: boolean;
}

interface Way {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly answer: Answer;
  readonly title: string;
}

const [columnWidth, gap, rowHeight, boxHeight, lineHeight, top] = [250, 150, 56, 44, 24, 34];
const columns = [8, 8 + columnWidth + gap, 8 + 2 * (columnWidth + gap)] as const;

/** Who gets through to whom, as a picture: callers to the left, the environment's workloads, what they call to the right. */
export function picture(id: string, connections: Connections): Html {
  const { workloads, callers, outward, inbound, outbound } = connections;
  const left = callers.map((caller, index) => boxAt(columns[0], top + index * rowHeight, caller));
  const own = stacked(connections);
  const right = outward.map((each, index) =>
    boxAt(columns[2], top + index * rowHeight, {
      label: each.label,
      detail: `${portText(each.port)}, ${each.detail}`,
    }),
  );
  const inward = callers.flatMap((caller, row) =>
    workloads.flatMap((workload, at) =>
      workload.ports.flatMap((port, which): Way[] => {
        const [answer, from, to] = [inbound[row]?.[at]?.[which], left[row], own[at]];
        if (!answer || !from || !to) return [];
        const title = `${caller.label} to ${workload.label} ${portText(port)}`;
        return [
          {
            from: [from.x + from.width, from.y + boxHeight / 2],
            to: [to.x, portY(to, which)],
            answer,
            title,
          },
        ];
      }),
    ),
  );
  const away = workloads.flatMap((workload, at) =>
    outward.flatMap((each, which): Way[] => {
      const [answer, from, to] = [outbound[at]?.[which], own[at], right[which]];
      if (!answer || !from || !to) return [];
      const title = `${workload.label} to ${each.label} ${portText(each.port)}`;
      return [
        {
          from: [from.x + from.width, from.y + boxHeight / 2],
          to: [to.x, to.y + boxHeight / 2],
          answer,
          title,
        },
      ];
    }),
  );
  const ways = [...inward, ...away];
  const height = Math.max(...[...left, ...own, ...right].map((box) => box.y + box.height), top) + 10;
  const open = ways.filter(({ answer }) => answer.says !== "no");
  return html`<svg
    viewBox="0 0 ${columns[2] + columnWidth + 8} ${height}"
    role="img"
    aria-labelledby="${id}.title ${id}.desc"
  >
    <title id="${id}.title">Who gets through to whom</title>
    <desc id="${id}.desc">
      ${open.length} of ${ways.length} connections get through, or may. The tables below have each of them.
    </desc>
    ${["who calls", "this environment", "what it calls"].map((text, index) => html`<text class="heading" x="${columns[index]}" y="18">${text}</text>`)}
    ${open.map(wayMark)} ${[...left, ...right].map((box) => boxMark(box, []))}
    ${own.map((box, index) => boxMark(box, workloads[index]?.ports ?? []))}
  </svg>`;
}

const boxAt = (x: number, y: number, party: { readonly label: string; readonly detail: string }): Box => ({
  x,
  y,
  width: columnWidth,
  height: boxHeight,
  label: party.label,
  note: party.detail,
  isOwn: false,
});

/** The workloads, each as high as its ports need it. */
function stacked({ workloads }: Connections): readonly Box[] {
  let y = top;
  return workloads.map(({ label, detail, ports }) => {
    const height = boxHeight + ports.length * lineHeight;
    const box = { x: columns[1], y, width: columnWidth, height, label, note: detail, isOwn: true };
    y += height + rowHeight - boxHeight;
    return box;
  });
}

const portY = (box: Box, index: number): number =>
  box.y + boxHeight + index * lineHeight + lineHeight / 2 - 4;

/** A curve with a tip; one that may or may not get through is dashed. */
function wayMark({ from: [x1, y1], to: [x2, y2], answer: { says }, title }: Way): Html {
  const bend = (x2 - x1) / 2;
  const curve = `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2 - 7} ${y2}`;
  const tip = `M ${x2} ${y2} l -8 -4 v 8 z`;
  return html`<g
    ><title>${title}: ${says}</title><path class="way-${says}" d="${curve}" /><path
      class="tip-${says}"
      d="${tip}"
  /></g>`;
}

function boxMark({ x, y, width, height, label, note, isOwn }: Box, ports: readonly NamedPort[]): Html {
  return html`<g>
    <title>${label}, ${note}</title>
    <rect class="box ${isOwn ? "own" : ""}" x="${x}" y="${y}" width="${width}" height="${height}" rx="6" />
    <text x="${x + 12}" y="${y + 19}">${shortenedText(label, 26)}</text>
    ${note === "" ? none : html`<text class="note" x="${x + 12}" y="${y + 35}">${shortenedText(note, 33)}</text>`}
    ${ports.map((port, index) => html`<text class="note" x="${x + 12}" y="${y + boxHeight + index * lineHeight + lineHeight / 2}">${portText(port)}</text>`)}
  </g>`;
}

const shortenedText = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
