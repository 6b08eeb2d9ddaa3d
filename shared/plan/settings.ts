// What the settings of each service are: what somebody says now, or else what was chosen before and is kept on the
// appliance, or else what the entry says, which may be a fact of the appliance.
import { containerName } from '../apply/container-run.ts'
import type { Address } from '../domain/appliance.ts'
import { limitOf, type Setting, settingsUsed } from '../domain/entry/settings.ts'
import type { Facts } from '../domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { PlanSetting } from '../domain/plan-setting.ts'
import { valueOr } from '../domain/reading.ts'
import { entryLabel, settingsLabel } from '../domain/remote-layout.ts'
import {
  type ChosenSettings,
  chosenSettings,
  type FilledIn,
  type SettingWishes,
  wordOfSetting,
} from '../domain/setting.ts'
import type { ServiceBuild } from './container-spec.ts'

export type SettingsWish = { readonly address: Address; readonly settings?: SettingWishes | undefined }

type Planned = {
  /** With the words that stand for their settings. */
  readonly builds: readonly ServiceBuild[]
  readonly settings: readonly PlanSetting[]
  /** What was kept, and is not allowed any more. */
  readonly problems: readonly Failure[]
}

/** Fails for a value that somebody gave and that is not allowed, or that is of nothing. */
export function planSettings(builds: readonly ServiceBuild[], wish: SettingsWish, facts: Facts): Result<Planned> {
  const all = builds.map((build) => ({ build, found: settingsOf(build, wish, facts) }))
  const settings = all.flatMap(({ found }) => found)
  const wrong = wrongWish(wish.settings ?? [], settings)
  if (wrong !== undefined) return fail(wrong)
  const problems = settings.flatMap((one) => problemOf(one, one.value) ?? [])
  return ok({
    builds: all.map(({ build, found }) => (found.length === 0 ? build : { ...build, settings: filledIn(found) })),
    settings,
    problems,
  })
}

function settingsOf(build: ServiceBuild, wish: SettingsWish, facts: Facts): PlanSetting[] {
  const { runs, variant, service } = build
  const used = settingsUsed(runs, variant)
  const kept = keptSettings(service.name, runs.id, facts)
  const saidOf = (name: string) => wish.settings?.findLast((one) => one.service === service.name && one.name === name)
  return (runs.settings ?? [])
    .filter(({ name }) => used.includes(name))
    .map((setting): PlanSetting => {
      const otherwise = defaultOf(setting, wish.address, facts)
      const base = { service: service.name, entry: runs.id, setting, otherwise }
      const said = saidOf(setting.name)
      // "constructor" is in every object.
      const before = Object.hasOwn(kept, setting.name) ? kept[setting.name] : undefined
      if (typeof said?.value === 'string') return { ...base, value: said.value, source: 'chosen' }
      return said !== undefined || before === undefined
        ? { ...base, ...otherwise }
        : { ...base, value: before, source: 'kept' }
    })
}

/** By its container, or where that is gone by the record of it. Those of another entry say nothing. */
function keptSettings(service: string, entry: string, { containers, deployments }: Facts): ChosenSettings {
  const found = valueOr(containers, []).find(({ name }) => name === containerName(service))
  if (found === undefined) {
    const record = valueOr(deployments, []).find((one) => one.deployment === service && one.entry === entry)
    return record?.settings ?? {}
  }
  if (found.labels[entryLabel] !== entry) return {}
  return chosenSettings.safeParse(jsonIn(found.labels[settingsLabel] ?? '')).data ?? {}
}

function defaultOf(setting: Setting, address: Address, facts: Facts): PlanSetting['otherwise'] {
  if (setting.type === 'switch') return { value: setting.default ? 'on' : 'off', source: 'default' }
  const { default: said } = setting
  if (typeof said !== 'object') return { value: String(said), source: 'default' }
  const found = factOf(said.from, address, facts)
  const inside = typeof found === 'number' ? String(nearestIn(setting, found)) : found
  const value = inside === undefined ? undefined : wordOfSetting(limitOf(setting), inside)
  return value === undefined ? { value: String(said.otherwise), source: 'default' } : { value, source: 'appliance' }
}

function nearestIn(setting: Setting, found: number): number {
  return setting.type === 'integer' ? Math.min(setting.max, Math.max(setting.min, found)) : found
}

type SettingFact = 'processors' | 'memory-gib' | 'address' | 'hostname'

/** Undefined where it is not known. */
function factOf(fact: SettingFact, { host }: Address, { cpu, memory, hostname }: Facts): string | number | undefined {
  if (fact === 'address') return host
  if (fact === 'hostname') return valueOr(hostname, undefined)
  if (fact === 'processors') return cpu.state === 'known' ? cpu.value.logicalCores : undefined
  return memory.state === 'known' ? Math.floor(memory.value.totalBytes / 1024 ** 3) : undefined
}

function problemOf({ service, setting }: PlanSetting, value: string): Failure | undefined {
  const limit = limitOf(setting)
  if (wordOfSetting(limit, value) !== undefined) return undefined
  return { kind: 'setting-invalid', service, setting: setting.name, value, limit }
}

function wrongWish(wishes: SettingWishes, settings: readonly PlanSetting[]): Failure | undefined {
  const known = settings.map((one) => `${one.service}.${one.setting.name}`).slice(0, 100)
  for (const { service, name, value } of wishes) {
    const found = settings.find((one) => one.service === service && one.setting.name === name)
    const of = { service, setting: name, value: value ?? '' }
    if (found === undefined) return { kind: 'setting-invalid', ...of, limit: { is: 'unknown', known } }
    const problem = value === null ? undefined : problemOf(found, value)
    if (problem !== undefined) return problem
  }
  return undefined
}

function filledIn(settings: readonly PlanSetting[]): FilledIn {
  const chosen = settings.filter(({ source }) => source === 'chosen' || source === 'kept')
  return {
    variables: Object.fromEntries(settings.map((one) => [`setting.${one.setting.name}`, wordOf(one)])),
    ...(chosen.length > 0 && { chosen: Object.fromEntries(chosen.map((one) => [one.setting.name, one.value])) }),
  }
}

/** Of a value that is not allowed the default: such a plan is not carried out. */
function wordOf({ setting, value, otherwise }: PlanSetting): string {
  const word = wordOfSetting(limitOf(setting), value) ?? otherwise.value
  if (setting.type !== 'switch') return word
  return word === 'on' ? setting.whenOn : setting.whenOff
}
