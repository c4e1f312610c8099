/** How the page looks: light or dark as the reader has it, in the fonts that they have, without anything from elsewhere. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2330; --soft: #56607a; --line: #d5dae4; --panel: #f5f7fa; --accent: #0b5cad;
  --yes: #14703c; --yes-paper: #e4f4ea; --no: #a62b2b; --no-paper: #fbe9e9; --open: #8a5a00; --open-paper: #fdf3dc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161e; --ink: #e6e9f0; --soft: #a3adc2; --line: #343c4d; --panel: #1a202b; --accent: #7db8f5;
    --yes: #7fd6a2; --yes-paper: #14301f; --no: #f19a9a; --no-paper: #3a1c1c; --open: #eec46b; --open-paper: #362a10;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: .5rem 1rem; background: var(--paper); z-index: 2; }
.skip:focus { left: 1rem; top: .5rem; }
header { position: sticky; top: 0; z-index: 1; background: var(--panel); border-bottom: 1px solid var(--line); }
header > div, main { max-width: 76rem; margin: 0 auto; padding: .75rem 1.25rem; }
header > div { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.05rem; margin: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
h2 { font-size: 1.5rem; margin: 2.5rem 0 .25rem; padding-top: 1rem; border-top: 3px solid var(--line); }
main > section:first-child h2 { border-top: 0; margin-top: 0; }
h3 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
h4 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p, figcaption { max-width: 60rem; }
h1, h2, h3, p, figcaption { overflow-wrap: anywhere; }
.soft, caption, figcaption { color: var(--soft); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding: .5rem .75rem; }
th, td { padding: .35rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { background: var(--panel); white-space: nowrap; }
tbody th { font-weight: 600; }
th small, td small { display: block; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
tbody th:has(small), td:has(> small) { min-width: 11rem; }
tr:has(:target) > * { background: var(--open-paper); }
.value { white-space: pre-wrap; min-width: 9rem; }
code, pre, .path, .value { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .85em; }
.path { overflow-wrap: anywhere; }
td:has(.path), td.path { min-width: 13rem; }
pre { margin: 0; padding: .75rem; overflow-x: auto; background: var(--panel); border-radius: 6px; max-height: 30rem; }
.answer { display: inline-block; min-width: 3.25rem; padding: .05rem .5rem; border-radius: 4px; text-align: center;
  text-decoration: none; font-weight: 600; white-space: nowrap; }
.yes { color: var(--yes); background: var(--yes-paper); }
.no { color: var(--no); background: var(--no-paper); }
.depends { color: var(--open); background: var(--open-paper); }
a.answer:hover { text-decoration: underline; }
ul.because { margin: 0; padding-left: 1.1rem; min-width: 16rem; }
.to { min-width: 11rem; }
.where { color: var(--soft); overflow-wrap: anywhere; }
summary { cursor: pointer; }
figure { margin: .5rem 0 1rem; }
figure .scroll { padding: .5rem; }
svg { display: block; min-width: 52rem; width: 100%; height: auto; font: 13px system-ui, sans-serif; }
svg .box { fill: var(--panel); stroke: var(--line); }
svg .own { stroke: var(--accent); stroke-width: 1.5; }
svg text { fill: var(--ink); }
svg .note { fill: var(--soft); font-size: 11px; }
svg .heading { fill: var(--soft); font-weight: 600; }
svg path { fill: none; stroke-width: 1.75; }
svg .way-yes { stroke: var(--yes); }
svg .way-depends { stroke: var(--open); stroke-dasharray: 6 4; }
svg .tip-yes { fill: var(--yes); stroke: none; }
svg .tip-depends { fill: var(--open); stroke: none; }
@media print {
  header { position: static; }
  .scroll { overflow: visible; }
  pre { max-height: none; }
}
`;
