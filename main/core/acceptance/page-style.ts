// How the page looks, on a screen and on A4. Whether it is accepted is said by words, a frame and a colour.
import { Markup } from './markup.ts'

export const pageStyle = new Markup(`
@page { size: A4; margin: 16mm 15mm; }
:root { --ink: #16202b; --soft: #56626f; --line: #d5dbe1; --good: #0b6b46; --open: #8a5a00; --bad: #a3231c; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.5 "Noto Sans", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", system-ui, sans-serif;
  color: var(--ink); background: #fff; max-width: 186mm; margin: 0 auto; padding: 8mm 4mm; }
@media print { body { padding: 0; max-width: none; font-size: 9.5pt; } }
header { display: flex; justify-content: space-between; gap: 10mm; align-items: flex-start; border-bottom: 2px solid var(--ink); padding-bottom: 4mm; }
.brand { margin: 0; font-weight: 600; letter-spacing: .04em; color: var(--soft); }
h1 { margin: 0; font-size: 20pt; line-height: 1.2; }
h2 { font-size: 12pt; margin: 7mm 0 2mm; border-bottom: 1px solid var(--line); padding-bottom: 1mm; break-after: avoid; }
h3 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid; }
p { margin: 1mm 0; }
.id, code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.id { margin: 1mm 0 0; color: var(--soft); }
.verdict { border: 2px solid; padding: 2.5mm 4mm; max-width: 80mm; }
.verdict strong { font-size: 13pt; }
.verdict p { color: var(--ink); }
.verdict.accepted { color: var(--good); }
.verdict.open { color: var(--open); border-style: dashed; }
.verdict.refused { color: var(--bad); border-style: double; border-width: 4px; }
.demo { border: 1px dashed var(--open); color: var(--open); padding: 2mm 3mm; margin-top: 4mm; font-weight: 600; }
dl { margin: 2mm 0; display: grid; grid-template-columns: 1fr 1fr; column-gap: 8mm; }
dl > div { display: flex; gap: 3mm; padding: .6mm 0; break-inside: avoid; }
dt { flex: 0 0 27mm; color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.seal { grid-template-columns: 1fr; }
.seal dt { flex-basis: 42mm; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); padding: 1mm 2mm 1mm 0; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: 1mm 2mm 1mm 0; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.points { list-style: none; padding: 0; margin: 2mm 0; }
.points li { border-left: 3px solid var(--open); padding: .5mm 0 .5mm 3mm; margin: 1mm 0; break-inside: avoid; }
.points .refuses { border-color: var(--bad); }
.points b { margin-right: 1mm; }
pre { background: #f3f5f7; padding: 2mm 3mm; margin: 2mm 0; white-space: pre-wrap; overflow-wrap: anywhere; }
code { font-size: .88em; overflow-wrap: anywhere; }
.none { color: var(--soft); }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; break-inside: avoid; }
.signatures p { font-weight: 600; }
.signatures span { display: block; border-bottom: 1px solid var(--ink); height: 11mm; padding-top: 6mm; color: var(--soft); font-size: 8.5pt; }
`)
