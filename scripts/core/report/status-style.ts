/** The look of the status page: one column of cards, four tones that keep apart in light and dark and in print. */
export const STATUS_STYLE = `
:root{--ink:#14181b;--soft:#576169;--line:#d9dee2;--card:#fff;--ground:#f3f5f6;--one:#0a7d54;--two:#2f6fb0;--three:#b06a1c;--four:#8150a8;--rest:#cfd6db;--alarm:#b3261e;--notice:#7a5c00}
@media (prefers-color-scheme:dark){:root{--ink:#e9edef;--soft:#a2adb5;--line:#30383d;--card:#1a1f22;--ground:#111416;--one:#35c48d;--two:#6cabe8;--three:#e0a25a;--four:#b98be0;--rest:#3a434a;--alarm:#ff8a80;--notice:#e6c35c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem;display:grid;grid-template-columns:minmax(0,1fr);gap:1rem}
header h1{margin:0;font-size:1.7rem;letter-spacing:-.01em}
header p,.small{margin:.2rem 0;color:var(--soft)}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.1rem 1.25rem}
h2{margin:0 0 .7rem;font-size:1.05rem}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1rem;margin:.8rem 0 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.hex{overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
.figure{margin:0 0 .6rem;font-size:2.1rem;font-weight:650;line-height:1.1}
.figure span{font-size:1rem;font-weight:400;color:var(--soft)}
.alarm,.notice{margin:0;padding:.7rem 1rem;border-radius:.6rem;border:1px solid;overflow-wrap:anywhere}
.alarm{color:var(--alarm);font-weight:600}
.notice{color:var(--notice)}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;margin-top:.8rem;font-variant-numeric:tabular-nums}
th{font-weight:500;color:var(--soft);text-align:left}
th,td{padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child td{border-bottom:0}
td:not(:first-child),th:not(:first-child){text-align:right}
section:last-child td:last-child,section:last-child th:last-child{text-align:left}
section:last-child td:first-child{white-space:nowrap;padding-right:1rem}
td:not(:first-child):not(:last-child){white-space:nowrap}
svg{display:block;width:100%;height:auto}
.bar{height:1.1rem;border-radius:.3rem}
svg text{fill:var(--soft);font:11px system-ui,sans-serif}
.one{fill:var(--one);background:var(--one)}.two{fill:var(--two);background:var(--two)}.three{fill:var(--three);background:var(--three)}.four{fill:var(--four);background:var(--four)}.rest{fill:var(--rest);background:var(--rest)}
.key{display:inline-block;width:.7em;height:.7em;border-radius:.2em;margin-right:.5em}
.curve{fill:none;stroke:var(--one);stroke-width:2}.area{fill:var(--one);opacity:.14}.axis{stroke:var(--line);stroke-width:1}
@media (max-width:34rem){svg text{font-size:22px}section{padding:.9rem 1rem}section:last-child tr,section:last-child td{display:block;border:0;padding:.1rem 0}section:last-child tr{border-bottom:1px solid var(--line);padding:.4rem 0}section:last-child thead{display:none}td{font-size:.88rem}td:not(:first-child):not(:last-child){white-space:normal}}
@media print{body{background:#fff}section{break-inside:avoid}}
`
