import { raw, type Markup } from "./html.ts"

/**
 * The style of all pages: no outside request, light or dark as the reader's system asks, and fit for print. The colors
 * are those of the claim page.
 */
export const PAGE_STYLE: Markup = raw(`
:root { color-scheme: light dark; --back: #f4f6f5; --sheet: #ffffff; --ink: #101413; --soft: #505a56; --rule: #dfe5e2;
  --accent: #00623a; --tint: #00623a22; --bad: #a3180a; --look: #7a4700; --two: #2f6fb0; --three: #b06a1c;
  --four: #8150a8; --rest: #cdd5d1; }
@media (prefers-color-scheme: dark) { :root { --back: #0f1110; --sheet: #171a19; --ink: #f3f6f4; --soft: #a7b0ac;
  --rule: #2a2f2d; --accent: #31f196; --tint: #31f19622; --bad: #ff8f80; --look: #ffb454; --two: #6cabe8;
  --three: #e0a25a; --four: #b98be0; --rest: #3a4340; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, Helvetica,
  Arial, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1120px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 30px; line-height: 1.15; margin: 0 0 6px; letter-spacing: -0.02em; }
h2 { font-size: 17px; margin: 0 0 2px; }
p { margin: 0 0 12px; max-width: 76ch; overflow-wrap: anywhere; }
.soft, .lead { color: var(--soft); }
.lead { font-size: 16px; }
.tiles { display: flex; flex-wrap: wrap; gap: 1px; margin: 24px 0;
  background: var(--rule); border: 1px solid var(--rule); border-radius: 8px; overflow: hidden; }
.tile { background: var(--sheet); padding: 14px 16px; flex: 1 1 140px; max-width: 100%; }
.tile b { display: block; font-size: 21px; line-height: 1.25; letter-spacing: -0.01em; overflow-wrap: break-word; }
.tile span { color: var(--soft); font-size: 13px; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px; }
section { background: var(--sheet); border: 1px solid var(--rule); border-radius: 8px; padding: 18px 20px;
  margin-bottom: 20px; min-width: 0; }
.pair section { margin-bottom: 0; }
.pair { margin-bottom: 20px; }
section > p { color: var(--soft); font-size: 14px; }
.scroll { overflow-x: auto; }
.scroll + p { margin-top: 12px; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: 13px; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
.right { text-align: right; } td.right { white-space: nowrap; }
code { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.bad { color: var(--bad); }
.chart { display: block; width: 100%; max-width: 480px; height: auto; margin: 10px auto 12px; overflow: visible;
  font-size: 13px; fill: currentColor; }
.chart .mark { fill: var(--accent); }
.chart .track, .chart .area { fill: var(--tint); }
.chart .line { fill: none; stroke: var(--accent); stroke-width: 2.5; stroke-linejoin: round; }
.chart .axis, .chart .grid { stroke: var(--rule); }
.chart .even { stroke: var(--soft); stroke-dasharray: 4 4; }
.chart .figure { text-anchor: end; }
.chart .middle { text-anchor: middle; }
.chart .soft { fill: var(--soft); font-size: 11.5px; }
.chart .small { font-size: 11px; }
.stack { display: block; width: 100%; height: 14px; border-radius: 3px; margin: 10px 0 12px; }
.one { fill: var(--accent); background: var(--accent); } .two { fill: var(--two); background: var(--two); }
.three { fill: var(--three); background: var(--three); } .four { fill: var(--four); background: var(--four); }
.rest { fill: var(--rest); background: var(--rest); }
.key { display: inline-block; width: 0.7em; height: 0.7em; border-radius: 2px; margin-right: 0.5em; }
.alarm, .notice { border: 1px solid; border-radius: 8px; padding: 10px 16px; max-width: none; }
.alarm { color: var(--bad); font-weight: 600; } .notice { color: var(--look); }
details { margin-top: 12px; } summary { cursor: pointer; color: var(--accent); margin-bottom: 8px; }
ul { margin: 0; padding-left: 20px; } li { margin-bottom: 6px; }
@media (max-width: 560px) { main { padding: 20px 12px 40px; } section { padding: 14px 14px; } th, td { padding-right: 8px; }
  table { font-size: 13px; } td code { font-size: 11px; display: inline-block; min-width: 14ch; max-width: 21ch; }
  details td code { min-width: 21ch; } td code.hash { max-width: 32ch; } }
@media (min-width: 720px), print { td code { white-space: nowrap; } }
footer { color: var(--soft); font-size: 13px; }
@media print { :root { --back: #fff; --sheet: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #00623a;
  --tint: #00623a22; color-scheme: light; } main { max-width: none; padding: 0; } section { break-inside: avoid; }
  section:has(details) { break-inside: auto; } h2 { break-after: avoid; }
  body { font-size: 11pt; } details::details-content { content-visibility: visible; display: block; }
  summary { list-style: none; color: var(--soft); } .tile { flex-basis: 105px; padding: 10px 12px; }
  tr { break-inside: avoid; } .scroll { overflow: visible; } * { print-color-adjust: exact; } }
`)
