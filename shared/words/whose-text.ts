// Differences and taken-back versions as text, the same in a terminal and in a window.
import type { AcceptedLicence } from '../domain/origin.ts'
import type { PlanTakeover } from '../domain/ownership.ts'
import { type Difference, type DifferenceValue, hiddenValue } from '../domain/replacement.ts'
import type { TakenBack } from '../domain/taken-back.ts'
import { durationText } from './durations.ts'
import { keptPrivilegeText } from './privilege-words.ts'
import type { Words } from './words.ts'

export function takeoverText({ from, what }: PlanTakeover, { cautions: { whose }, cli }: Words): string {
  const names = cli.list(what)
  return from === undefined ? whose.takesFromNobody(names) : whose.takesFrom(from.name, from.id, names)
}

type Back = Pick<TakenBack, 'entry' | 'version' | 'publisher' | 'since' | 'reason'>

/** What it is, and why. */
export function takenBackParts({ entry, version, publisher, since, reason }: Back, words: Words) {
  const what = words.cautions.whose.takenBack(`${entry} ${version}`, publisher, since)
  return { what, why: reason[words.language] }
}

export function takenBackText(back: Back, words: Words): string {
  const { what, why } = takenBackParts(back, words)
  return words.cli.pair(what, why)
}

/** `at`: the time in the words of whoever shows it. */
export function acceptedText({ entry, version, spdx, by }: AcceptedLicence, at: string, words: Words): string {
  return words.cautions.whose.accepted(`${entry}@${version}`, spdx, by, at)
}

/** What it was and what it will be. */
export type ToldDifference = { readonly name: string; readonly before: string; readonly after: string }

export function differenceText({ what, before, after }: Difference, words: Words): ToldDifference {
  const { whose } = words.cautions
  const all = (values: readonly DifferenceValue[]) =>
    values.length === 0 ? whose.nothing : words.cli.list(values.map((one) => valueText(what, one, words)))
  return { name: whose.kinds[what], before: before === undefined ? whose.notKnown : all(before), after: all(after) }
}

function valueText(
  what: Difference['what'],
  value: DifferenceValue,
  { cautions: { whose }, language, privileges }: Words,
): string {
  if (typeof value !== 'string') return value[language]
  if (what === 'privileges') return keptPrivilegeText(value, privileges)
  // As much of a digest as tells two apart.
  if (what === 'image') return value.slice(0, 'sha256:'.length + 12)
  if (what === 'start-time') return durationText(Number(value) * 1000, language)
  if (what !== 'patient-data') return value.replaceAll(hiddenValue, () => whose.hidden)
  return Object.hasOwn(whose.patientData, value) ? whose.patientData[value as keyof typeof whose.patientData] : value
}
