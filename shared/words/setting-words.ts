// What a setting may be, and which installed model an app asks, in words: beside a field, in a refusal, in a plan.
import type { FailureOf } from '../domain/failure.ts'
import type { PlanUser, UsedModelService } from '../domain/installed-model.ts'
import type { PlanSetting, SettingSource } from '../domain/plan-setting.ts'
import type { PlanPort, PortSource } from '../domain/service-port.ts'
import type { CharacterClass, SettingLimit } from '../domain/setting.ts'

type LimitOf<I extends SettingLimit['is']> = Extract<SettingLimit, { is: I }>

export type SettingWords = {
  readonly limits: { readonly [I in SettingLimit['is']]: (limit: LimitOf<I>) => string }
  readonly sources: { readonly [S in SettingSource]: string }
  readonly values: { readonly on: string; readonly off: string }
  /** Above those of a plan: how they are chosen. */
  readonly heading: string
  /** Above the ports of a plan that are not as the solution says. */
  readonly portsHeading: string
  /** Of one of them. */
  readonly port: (port: PlanPort) => string
  readonly portSources: { readonly [S in PortSource]: string }
  /** Of an app that uses an installed model. */
  readonly uses: (service: string, used: UsedModelService) => string
  /** Of an app of another solution that asks what a plan changes. */
  readonly usedBy: (user: PlanUser) => string
}

/** What happened and where, and what to do next. */
export type SettingFailureWords = {
  readonly 'setting-invalid': (failure: FailureOf<'setting-invalid'>) => {
    readonly what: string
    readonly next: string
  }
  readonly 'choose-model': (failure: FailureOf<'choose-model'>) => { readonly what: string; readonly next: string }
  readonly 'port-taken': (failure: FailureOf<'port-taken'>) => { readonly what: string; readonly next: string }
  readonly 'port-unusable': (failure: FailureOf<'port-unusable'>) => { readonly what: string; readonly next: string }
}

export function settingLimitText(limit: SettingLimit, { limits }: SettingWords): string {
  return (limits[limit.is] as (l: SettingLimit) => string)(limit)
}

export type CharacterWords = { readonly [C in CharacterClass]: string }

/** "8 requests", "on", "Asia/Shanghai": as a person reads it. */
export function settingValueText(
  { setting, value }: PlanSetting,
  words: SettingWords,
  language: 'en' | 'zh-CN',
): string {
  if (setting.type === 'switch') return value === 'on' ? words.values.on : words.values.off
  if (setting.type === 'choice') return setting.options.find((one) => one.value === value)?.title[language] ?? value
  const unit = setting.type === 'integer' ? setting.unit?.[language] : undefined
  return unit === undefined ? value : `${value} ${unit}`
}
