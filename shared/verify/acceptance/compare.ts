// Two acceptances beside each other: what became faster or slower, what was exchanged, and which points came or went.
import type {
  Acceptance,
  AcceptanceComparison,
  AcceptanceFigure,
  AcceptancePoint,
  KeptAcceptance,
} from '../../domain/acceptance.ts'
import { acceptanceHeadOf } from '../../domain/acceptance.ts'
import type { Reading } from '../../domain/reading.ts'
import { compared } from '../compared.ts'

type Row = AcceptanceComparison['rows'][number]
type Change = AcceptanceComparison['changes'][number]

const moreIsBetter: ReadonlySet<AcceptanceFigure> = new Set(['output-rate', 'good-share', 'soak-rate'])

const comparedSettings = ['users', 'ttftLimitMs', 'tpotLimitMs', 'inputTokens', 'outputTokens', 'seconds'] as const

export function compareAcceptances(before: KeptAcceptance, after: KeptAcceptance): AcceptanceComparison {
  const [one, other] = [before.document, after.document]
  const ids = [one, other].map(({ inventory }) => textOf(inventory.machineId))
  return {
    before: acceptanceHeadOf(before),
    after: acceptanceHeadOf(after),
    otherMachine: ids[0] !== ids[1],
    otherSettings: comparedSettings.filter((name) => one.settings[name] !== other.settings[name]),
    changes: changesIn(one, other).slice(0, 500),
    rows: rowsOf(one, other).slice(0, 500),
    points: { gone: pointsOnlyIn(one, other), came: pointsOnlyIn(other, one) },
  }
}

function pointsOnlyIn({ points }: Acceptance, other: Acceptance): AcceptancePoint[] {
  const key = ({ weight, point, about }: AcceptancePoint) => `${weight} ${point} ${about}`
  const there = new Set(other.points.map(key))
  return points.filter((one) => !there.has(key(one)))
}

function changesIn(before: Acceptance, after: Acceptance): Change[] {
  const [one, other] = [statesOf(before), statesOf(after)]
  const names = [...new Set([...one.keys(), ...other.keys()])]
  return names.flatMap((what) => {
    const change = { what, before: one.get(what) ?? '', after: other.get(what) ?? '' }
    return change.before === change.after ? [] : [change]
  })
}

/** What can be exchanged, by its name. */
function statesOf({ inventory, services }: Acceptance): Map<string, string> {
  const { os, kernel, engine, memoryBytes, drivers, devices } = inventory
  const host = { os: textOf(os), kernel: textOf(kernel), engine: textOf(engine), memoryBytes: textOf(memoryBytes) }
  return new Map([
    ...Object.entries(host),
    ...drivers.flatMap(({ vendor, driver, toolkit }): [string, string][] => [
      [`${vendor} driver`, textOf(driver)],
      [`${vendor} toolkit`, textOf(toolkit)],
    ]),
    ...devices.map(({ vendor, index, chip, product, serial, firmware }): [string, string] => [
      `${vendor} ${index}.${chip}`,
      [product, serial, firmware]
        .map(textOf)
        .filter((one) => one !== '')
        .join(', ')
        .slice(0, 200),
    ]),
    ...services.map(({ deployment, version, model }): [string, string] => [
      deployment,
      (model === undefined ? version : `${version}, ${model}`).slice(0, 200),
    ]),
  ])
}

function textOf(reading: Reading<string | number>): string {
  return reading.state === 'known' ? String(reading.value) : ''
}

function rowsOf(before: Acceptance, after: Acceptance): Row[] {
  const [one, other] = [figuresOf(before), figuresOf(after)]
  return one.flatMap(({ figure, about, value }) => {
    const later = other.find((each) => each.figure === figure && each.about === about)
    return later === undefined ? [] : [row(figure, about, [value, later.value])]
  })
}

type Figure = { readonly figure: AcceptanceFigure; readonly about: string; readonly value: number }

function figuresOf({ loads, soak, settings }: Acceptance): Figure[] {
  const ofLoads = loads.flatMap(({ deployment: about, levels }) => {
    const level = levels.find(({ users }) => users === settings.users)
    if (level === undefined) return []
    const { ttftMs, tpotMs, e2eMs, outputTokensPerSecond, goodShare } = level
    const values: [AcceptanceFigure, number | undefined][] = [
      ...([
        ['ttft-p50', ttftMs?.p50],
        ['ttft-p95', ttftMs?.p95],
      ] as const),
      ...([
        ['tpot-p50', tpotMs?.p50],
        ['tpot-p95', tpotMs?.p95],
        ['e2e-p95', e2eMs?.p95],
      ] as const),
      ...([
        ['output-rate', outputTokensPerSecond],
        ['good-share', goodShare],
      ] as const),
    ].map(([figure, value]) => [figure, value])
    return values.flatMap(([figure, value]) => (value === undefined ? [] : [{ figure, about, value }]))
  })
  if (soak === undefined) return ofLoads
  const warm = soak.devices.flatMap(({ vendor, index, chip, highestCelsius }): Figure[] =>
    highestCelsius.state === 'known'
      ? [{ figure: 'highest-celsius', about: `${vendor} ${index}.${chip}`, value: highestCelsius.value }]
      : [],
  )
  return [...ofLoads, { figure: 'soak-rate', about: '', value: soak.outputTokensPerSecond }, ...warm]
}

function row(figure: AcceptanceFigure, about: string, [before, after]: readonly [number, number]): Row {
  return { figure, about, before, after, ...compared(before, after, moreIsBetter.has(figure)) }
}
