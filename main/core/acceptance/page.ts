// The page that is printed and signed by hand: all of an acceptance, in one language, in one file without scripts and
// without anything from elsewhere. It says how to check the document that it was made of.
import type { Acceptance, AcceptancePoint } from '../../../shared/domain/acceptance.ts'
import { acceptancePointText } from '../../../shared/words/acceptance-text.ts'
import { durationText } from '../../../shared/words/durations.ts'
import type { Words } from '../../../shared/words/words.ts'
import { html, type Markup } from './markup.ts'
import { pageStyle } from './page-style.ts'
import { canarySection, devicesSection, doctorSection, loadSection, soakSection } from './sections-measured.ts'
import { hardwareSection, servicesSection } from './sections-there.ts'

type Seal = { readonly sha256: string; readonly signature?: string; readonly fingerprint?: string }
type Paper = { readonly name: string; readonly seal: Seal; readonly words: Words }

export function acceptancePage(document: Acceptance, { name, seal, words }: Paper): string {
  const { acceptance: said } = words
  const { appliance, verdict, points } = document
  const where = `${appliance.host}:${appliance.port}`
  const page = html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${said.title} ${name}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<div><p class="brand">Rackside</p><h1>${said.title}</h1><p class="id">${name}</p></div>
<div class="verdict ${verdict}"><strong>${said.verdicts[verdict]}</strong><p>${said.verdictMeans[verdict](counted(points, verdict))}</p></div>
</header>
${appliance.demo === true ? html`<p class="demo">${said.demo}</p>` : ''}
${aboutSection(document, where, words)}
${points.length > 0 ? section(said.sections.points, pointsList(points, words)) : ''}
${section(said.sections.hardware, hardwareSection(document, words))}
${section(said.sections.services, servicesSection(document, words))}
${section(said.sections.devices, devicesSection(document, words))}
${section(said.sections.canary, canarySection(document, words))}
${section(said.sections.load, loadSection(document, words))}
${section(said.sections.soak, soakSection(document, words))}
${section(said.sections.doctor, doctorSection(document, words))}
${section(said.sections.check, checkSection(name, { ...seal, audit: document.audit }, words))}
${verdict === 'refused' ? '' : section(said.sections.sign, signSection(words))}
</body>
</html>
`
  return page.toString()
}

/** Of a refused one what speaks against it; of others what is open. */
function counted(points: readonly AcceptancePoint[], verdict: Acceptance['verdict']): number {
  return points.filter(({ weight }) => weight === (verdict === 'refused' ? 'refuses' : 'open')).length
}

function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2>${content}</section>`
}

function aboutSection(
  { startedAt, seconds, who, console: made, settings }: Acceptance,
  where: string,
  words: Words,
): Markup {
  const { labels, settings: settingsText } = words.acceptance
  const took = durationText(seconds * 1000, words.language)
  const version = made.version === undefined ? made.computer : `${made.computer}, Rackside ${made.version}`
  return html`<section class="about"><dl>
<div><dt>${labels.address}</dt><dd>${where}</dd></div>
<div><dt>${labels.at}</dt><dd>${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${took}</dd></div>
<div><dt>${labels.by}</dt><dd>${who}</dd></div>
<div><dt>${labels.console}</dt><dd>${version}</dd></div>
</dl><p>${settingsText(settings)}</p></section>`
}

function pointsList(points: readonly AcceptancePoint[], words: Words): Markup {
  return html`<ul class="points">${points.map((one) => html`<li class="${one.weight}"><b>${words.acceptance.weights[one.weight]}</b> ${acceptancePointText(one, words)}</li>`)}</ul>`
}

type Checked = Seal & { readonly audit: Acceptance['audit'] }

function checkSection(name: string, { audit, ...sealed }: Checked, { acceptance: said }: Words): Markup {
  const { sha256, signature, fingerprint } = sealed
  const { labels, howToCheck } = said
  const [first = '', second = ''] = howToCheck
  const seal = html`<dl class="seal"><div><dt>${labels.digest}</dt><dd><code>${sha256}</code></dd></div>${
    signature === undefined
      ? ''
      : html`<div><dt>${labels.fingerprint}</dt><dd><code>${fingerprint ?? ''}</code></dd></div><div><dt>${labels.signature}</dt><dd><code>${signature}</code></dd></div>`
  }${audit === undefined ? '' : auditRow(audit, labels.audit)}</dl>`
  if (signature === undefined) return html`<p>${said.unsigned}</p>${seal}`
  return html`<p>${first}</p><pre>rackside acceptance verify ${name}.json</pre><p>${second}</p>${seal}`
}

/** On paper it is a checkpoint that nobody on the console's computer can change. */
function auditRow({ number, hash, consoleId }: NonNullable<Acceptance['audit']>, label: string): Markup {
  return html`<div><dt>${label}</dt><dd><code>${number} ${hash} (${consoleId})</code></dd></div>`
}

function signSection({ acceptance: { signHere, labels } }: Words): Markup {
  const field = (who: string) =>
    html`<div><p>${who}</p><span>${labels.name}</span><span>${labels.date}</span><span>${labels.signed}</span></div>`
  return html`<div class="signatures">${field(signHere.hospital)}${field(signHere.vendor)}</div>`
}
