// Facts and verdicts as lines of text for a person.
import type { Accelerator } from '../../../shared/domain/accelerator.ts'
import { type Facts, toldReports } from '../../../shared/domain/facts.ts'
import type { HeldPart } from '../../../shared/domain/held-part.ts'
import { systemName } from '../../../shared/domain/partial-platform.ts'
import { type Reading, valueOr } from '../../../shared/domain/reading.ts'
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { countSeen } from '../../../shared/domain/stack.ts'
import type { ApplianceVerdict, DeploymentVerdict, InferenceProof } from '../../../shared/domain/verdict.ts'
import { productName, vendorName } from '../../../shared/words/accelerator-name.ts'
import { bytesText, threeDigits } from '../../../shared/words/amounts.ts'
import { verdictReasonText } from '../../../shared/words/verdict-text.ts'
import { acceptedText, takenBackText } from '../../../shared/words/whose-text.ts'
import type { Words } from '../../../shared/words/words.ts'

export function factLines(facts: Facts, words: Words): string[] {
  const { partial } = facts
  const head = partial === undefined ? [] : [words.cli.partialFacts(systemName(partial.platform))]
  const rows = [...serverRows(facts, words), ...acceleratorRows(facts, words), installedRow(facts, words)]
  return [...head, ...rows.map(([name, value]) => words.cli.pair(name, value))]
}

type Row = readonly [name: string, value: string]

function serverRows(facts: Facts, words: Words): Row[] {
  const { hardware, privilegeOf, processor } = words.cli
  const say = <T>(reading: Reading<T>, text: (value: T) => string) => readingText(reading, text, words)
  const { hostname, os, kernel, architecture } = facts
  const system = [say(hostname, String), say(os, (o) => o.prettyName), say(kernel, String), say(architecture, String)]
  const spaces = say(facts.spaces, (s) =>
    Object.values(s)
      .map((d) => `${d.path} ${bytesText(d.freeBytes)}`)
      .join(', '),
  )
  return [
    [hardware.system, system.join(', ')],
    [hardware.processor, say(facts.cpu, (c) => processor(c.logicalCores, c.model))],
    [hardware.memory, say(facts.memory, (m) => `${bytesText(m.availableBytes)} / ${bytesText(m.totalBytes)}`)],
    [hardware.disk, spaces],
    [hardware.engine, say(facts.engine, (e) => `Docker ${e.version} (${e.storageDriver}, ${e.imageStore})`)],
    [hardware.privilege, privilegeOf[facts.privilege]],
  ]
}

function acceleratorRows(facts: Facts, words: Words): Row[] {
  const { hardware } = words.cli
  if (facts.partial !== undefined) return [[hardware.accelerators, namedText(facts, words)]]
  const rows = reportsOf(facts).flatMap((report): Row[] => [
    [hardware.accelerators, devicesText(report, words)],
    [hardware.driver, readingText(report.driverVersion, String, words)],
  ])
  const equipped = facts.stack?.containerDevices
  if (equipped?.state !== 'known' || equipped.value.length === 0) return rows
  const seen = equipped.value.map(({ name, deployment, sees }) =>
    words.cli.pair(
      valueOr(deployment, name),
      readingText(sees, (all) => `${countSeen(all)}`, words),
    ),
  )
  return [...rows, [hardware.seenInside, words.cli.list(seen)]]
}

function installedRow({ containers }: Facts, words: Words): Row {
  const names = (all: readonly { name: string; labels: Readonly<Record<string, string>> }[]) =>
    all.map((x) => x.labels[deploymentLabel] ?? x.name).join(', ') || words.cli.none
  return [words.cli.hardware.deployments, readingText(containers, names, words)]
}

/** Of a part: what the system names, and that it is no more than that. */
function namedText(facts: Facts, words: Words): string {
  const named = toldReports(facts).flatMap(({ driverVersion, notes = [] }) =>
    driverVersion.state === 'known'
      ? [...notes, words.cli.pair(words.cli.hardware.driver, driverVersion.value)]
      : notes,
  )
  const unread = facts.accelerators.slice(0, 1).map(({ devices }) => readingText(devices, String, words))
  return words.cli.list([...named, ...unread])
}

export function acceleratorsText(facts: Facts, words: Words): string {
  const texts = reportsOf(facts).map((report) => devicesText(report, words))
  return words.cli.list(texts) || words.cli.none
}

type Report = Facts['accelerators'][number]

function reportsOf({ accelerators }: Facts): Report[] {
  return accelerators.filter((report) => report.devices.state !== 'absent')
}

function devicesText({ vendor, devices, packages }: Report, words: Words): string {
  const text =
    devices.state === 'known'
      ? groupText(devices.value, words)
      : `${vendorName(vendor)} ${readingText(devices, String, words)}`
  return packages === undefined ? text : `${text} (${words.cli.packages(packages.driver, packages.tool)})`
}

function readingText<T>(reading: Reading<T>, text: (value: T) => string, words: Words): string {
  if (reading.state === 'known') return text(reading.value)
  return reading.state === 'absent' ? words.cli.none : words.cli.unreadable(reading.why)
}

/** "8 × Ascend 910B4 (32 GiB)": equal devices together. */
function groupText(devices: readonly Accelerator[], words: Words): string {
  const counts = new Map<string, number>()
  for (const device of devices) {
    const product = productName(device.vendor, readingText(device.product, String, words))
    const name = words.cli.sized(product, readingText(device.memoryTotalBytes, bytesText, words))
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].map(([name, count]) => `${count} × ${name}`).join(', ')
}

export function verdictLines(verdict: ApplianceVerdict, words: Words): string[] {
  const lines = [words.cli.pair(words.verdicts[verdict.state], verdictReasonText(verdict, words))]
  for (const d of verdict.deployments) {
    lines.push(
      `  ${words.cli.pair(d.partOf === undefined ? d.deployment : words.cli.partOf(d.deployment, d.partOf), words.cli.list([words.verdicts[d.state], words.verdictReasons[d.reason]]))}`,
    )
    for (const rung of d.rungs) {
      const mark = words.cli.marks[rung.passed ? 'passed' : 'failed']
      lines.push(
        `    ${mark} ${words.rungs[rung.name]} (${words.cli.took(rung.milliseconds)}) ${rung.passed ? '' : rung.detail}`.trimEnd(),
      )
    }
    for (const { task, outcome, at } of d.probes ?? []) {
      const is = outcome === 'passed' ? 'passed' : 'failed'
      lines.push(`    ${words.cli.marks[is]} ${words.probes[is](task, at)}`)
    }
    if (d.proof !== undefined) lines.push(`    ${proofText(d.proof, words)}`)
    lines.push(...whoseLines(d, words).map((line) => `    ${line}`))
    if (d.withoutMetrics === true) lines.push(`    ${words.cli.withoutMetrics}`)
  }
  return [...lines, ...verdict.deployments.flatMap((one) => publishedLines(one, words))]
}

/** The last word, until somebody says that it is so no more. */
function publishedLines(
  { deployment, publishedUser }: DeploymentVerdict,
  { cli, upkeep: { signIns } }: Words,
): string[] {
  if (publishedUser === undefined) return []
  const said = cli.pair(deployment, signIns.stillPublished(publishedUser))
  return [`${cli.marks.failed} ${said}`, `  ${signIns.howToConfirm(deployment)}`]
}

/** What its publisher has taken back of it, and which terms were accepted for it. */
function whoseLines(
  { deployment, held = [], takenBack = [], accepted = [] }: DeploymentVerdict,
  words: Words,
): string[] {
  return [
    ...(held.length === 0 ? [] : heldLines([{ of: deployment, parts: held }], words)),
    ...takenBack.map((one) => `${words.cli.marks.failed} ${takenBackText(one, words)}`),
    ...(takenBack.length === 0 ? [] : [words.cautions.whose.takenBackNext]),
    ...accepted.map((one) => acceptedText(one, one.at, words)),
  ]
}

type Held = { readonly of: string; readonly parts: readonly string[] }

function heldLines(held: readonly Held[], { cli, cautions }: Words): string[] {
  return [
    ...held.map(({ of, parts }) => `${cli.marks.failed} ${cautions.held(of, cli.list(parts))}`),
    cautions.heldNext,
  ]
}

/** At the end of a run that stopped. */
export function heldPartLines(held: readonly HeldPart[], words: Words): string[] {
  const services = [...new Set(held.map(({ of }) => of))]
  const all = services.map((of) => ({ of, parts: held.filter((one) => one.of === of).map(({ part }) => part) }))
  return all.length === 0 ? [] : heldLines(all, words)
}

export function proofText(proof: InferenceProof, words: Words): string {
  const rate = valueOr(proof.tokensPerSecond, undefined)
  return words.cli.proof(
    threeDigits(proof.ttftMs),
    rate === undefined ? undefined : threeDigits(rate),
    proof.outputTokens,
  )
}
