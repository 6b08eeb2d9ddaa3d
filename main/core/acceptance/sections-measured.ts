// What was measured of the server, for the page of an acceptance.
import type { Acceptance, AcceptedLoad } from '../../../shared/domain/acceptance.ts'
import { threeDigits } from '../../../shared/words/amounts.ts'
import { paceText, percentText, timeText, twoTimesText } from '../../../shared/words/bench-amounts.ts'
import { deviceParts } from '../../../shared/words/device-text.ts'
import { doctorOf } from '../../../shared/words/doctor.ts'
import { durationText } from '../../../shared/words/durations.ts'
import type { Words } from '../../../shared/words/words.ts'
import { html, list, type Markup, table } from './markup.ts'
import { deviceName, readText } from './sections-there.ts'

const shortDigest = 16
const rate = (value: number) => `${threeDigits(value)} tokens/s`
const percent = (value: number) => `${threeDigits(value)} %`

function none({ acceptance: { nothing } }: Words): Markup {
  return html`<p class="none">${nothing}</p>`
}

export function devicesSection({ devices }: Acceptance, words: Words): Markup {
  const { labels } = words.acceptance
  if (devices.length === 0) return none(words)
  return table(
    [labels.service, labels.result, labels.seen],
    devices.map((one) => [
      one.deployment,
      words.cli.list([words.devices.states[one.state], words.devices.reasons[one.reason]]),
      words.cli.list(deviceParts(one, words)),
    ]),
  )
}

export function canarySection({ canaries }: Acceptance, words: Words): Markup {
  const { labels, canaryVerdicts } = words.acceptance
  if (canaries.length === 0) return none(words)
  const parts = canaries.map(({ deployment, set, questions }) => {
    const rows = questions.map(({ question, verdict, problems, answerDigest = '–', answerTokens }) => [
      words.canary.questions[question],
      words.cli.list([canaryVerdicts[verdict], ...problems.map((one) => words.canary.problems[one])]),
      html`<code>${answerDigest.slice(0, shortDigest)}</code>`,
      answerTokens ?? '–',
    ])
    const head = [labels.question, labels.result, labels.answer, labels.tokens]
    return html`<h3>${words.cli.pair(deployment, words.canary.sets[set])}</h3>${table(head, rows)}`
  })
  return html`${parts}`
}

export function loadSection({ loads, settings }: Acceptance, words: Words): Markup {
  const { labels, figures } = words.acceptance
  if (loads.length === 0) return none(words)
  const wanted = [timeText(settings.ttftLimitMs), timeText(settings.tpotLimitMs)]
  const head = [
    labels.service,
    labels.users,
    'TTFT p50 / p95',
    'TPOT p50 / p95',
    figures['e2e-p95'],
    labels.rate,
    labels.goodShare,
  ]
  const agreed = [labels.wanted, settings.users, `≤ ${wanted[0]} (p95)`, `≤ ${wanted[1]} (p95)`, '', '', '']
  const catalog = loads.flatMap(({ deployment, evidence }) =>
    evidence === undefined ? [] : [[deployment, words.evidence.measured(evidence)] as const],
  )
  const shown = catalog.length === 0 ? '' : html`<h3>${words.evidence.byCatalog}</h3>${list(catalog)}`
  return html`${table(head, [agreed, ...loads.flatMap((one) => levelRows(one, words))])}${shown}`
}

function levelRows({ deployment, levels, end }: AcceptedLoad, words: Words): (string | number)[][] {
  if (levels.length === 0) return [[deployment, '–', words.bench.ends[end] ?? '–', '', '', '', '']]
  return levels.map(({ users, ttftMs, tpotMs, e2eMs, outputTokensPerSecond, goodShare, breaks }) => [
    ...[deployment, users, ttftMs ? twoTimesText(ttftMs) : '–'],
    paceText({ ttftMs, tpotMs }, words.bench.tooShort),
    ...[e2eMs ? timeText(e2eMs.p95) : '–', rate(outputTokensPerSecond)],
    words.cli.list([percentText(goodShare), ...breaks.map((one) => words.bench.breaks[one])]),
  ])
}

export function soakSection({ soak }: Acceptance, words: Words): Markup {
  const { labels } = words.acceptance
  if (soak === undefined) return none(words)
  const span = (seconds: number) => durationText(seconds * 1000, words.language)
  const celsius = (value: number) => `${threeDigits(value)} °C`
  const { firstTokensPerSecond: first, lastTokensPerSecond: last } = soak
  const rows = [
    [labels.duration, span(soak.seconds)],
    [labels.requests, words.cli.list([String(soak.requests), `${labels.failed} ${soak.failed}`])],
    [labels.rate, rate(soak.outputTokensPerSecond)],
    ...(first === undefined ? [] : ([[labels.firstPart, rate(first)]] as const)),
    ...(last === undefined ? [] : ([[labels.lastPart, rate(last)]] as const)),
    [`${labels.processor} (${labels.warmest})`, readText(soak.processorCelsius, words, celsius)],
    ...(soak.unseenSeconds === 0 ? [] : ([[labels.unseen, span(soak.unseenSeconds)]] as const)),
  ] as const
  if (soak.devices.length === 0) return list(rows)
  const devices = table(
    [labels.device, labels.warmest, labels.power, labels.utilization],
    soak.devices.map(({ highestCelsius, highestWatts, meanUtilization, ...device }) => [
      ...[deviceName(device), readText(highestCelsius, words, celsius)],
      ...[
        readText(highestWatts, words, (value) => `${threeDigits(value)} W`),
        readText(meanUtilization, words, percent),
      ],
    ]),
  )
  return html`${list(rows)}${devices}`
}

export function doctorSection({ examination: { findings, unread } }: Acceptance, words: Words): Markup {
  const { acceptance: said } = words
  const doctor = doctorOf(words.language)
  const seen = findings.map(({ rule, severity, evidence }) => [
    ...[doctor.severities[severity], doctor.rules[rule].title, evidence.join(' | ')],
  ])
  const missed = unread.map(({ fact, why }) => [doctor.unread, doctor.facts[fact], why])
  if (seen.length + missed.length === 0) return html`<p>${doctor.nothing}</p>`
  return table([said.labels.result, said.sections.doctor, doctor.evidence], [...seen, ...missed])
}
