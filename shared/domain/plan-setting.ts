// A setting as a plan has it: what it will be, why, and what it would be if nobody had said anything.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { setting } from './entry/settings.ts'
import { settingValue } from './setting.ts'

/** `appliance`: a fact of it. `kept`: what somebody chose before. `chosen`: for this plan. */
const settingSource = z.enum(['default', 'appliance', 'kept', 'chosen'])
export type SettingSource = z.infer<typeof settingSource>

export const planSetting = z.strictObject({
  service: entryId,
  entry: entryId,
  setting,
  value: settingValue,
  source: settingSource,
  otherwise: z.strictObject({ value: settingValue, source: settingSource.extract(['default', 'appliance']) }),
})
export type PlanSetting = z.infer<typeof planSetting>
