// The settings of the services, as their entries declare them: what each is, where that comes from, and another value for
// whoever wants one. Choosing makes another plan, which is reviewed like every other.
import { Button, Input, Select, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { limitOf } from '../../../shared/domain/entry/settings.ts'
import { isSetUp, type Plan, type SetUpPlan, wishOf } from '../../../shared/domain/plan.ts'
import type { PlanSetting } from '../../../shared/domain/plan-setting.ts'
import { type SettingWishes, withWishes, wordOfSetting } from '../../../shared/domain/setting.ts'
import { settingLimitText, settingValueText } from '../../../shared/words/setting-words.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { type ControlIds, Field } from '../../ui/field.tsx'

type SettingsFormProps = {
  readonly plan: Plan
  readonly target: Target
  readonly onReview: (planId: string) => void
}

export function SettingsForm({ plan, ...rest }: SettingsFormProps) {
  if (!isSetUp(plan) || plan.settings === undefined) return null
  return <Form plan={plan} settings={plan.settings} {...rest} />
}

/** What was typed, by service and name; null: as the entry has it. */
type Drafts = ReadonlyMap<string, string | null>

function keyOf({ service, setting }: PlanSetting): string {
  return `${service}.${setting.name}`
}

/** As it stands in the field. */
function shownValue(one: PlanSetting, drafts: Drafts): string {
  const draft = drafts.get(keyOf(one))
  return draft === undefined ? one.value : (draft ?? one.otherwise.value)
}

function isWrong(one: PlanSetting, value: string): boolean {
  return wordOfSetting(limitOf(one.setting), value) === undefined
}

/** What was said for this plan, and what is said now. */
function wishesWith({ purpose }: SetUpPlan, settings: readonly PlanSetting[], drafts: Drafts): SettingWishes {
  const now = settings.flatMap((one): SettingWishes => {
    const value = drafts.get(keyOf(one))
    return value === undefined ? [] : [{ service: one.service, name: one.setting.name, value }]
  })
  return withWishes(purpose.settings ?? [], now)
}

type FormProps = Omit<SettingsFormProps, 'plan'> & {
  readonly plan: SetUpPlan
  readonly settings: readonly PlanSetting[]
}

function Form({ plan, settings, target, onReview }: FormProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const planning = useAct()
  const [drafts, setDrafts] = useState<Drafts>(new Map())
  const wrong = settings.some((one) => isWrong(one, shownValue(one, drafts)))
  const again = () =>
    planning.begin(
      'setup.plan',
      () => product.setup.plan({ target, ...wishOf(plan), settings: wishesWith(plan, settings, drafts) }),
      (made) => onReview(made.id),
    )
  const others = settings.filter(({ source }) => source === 'kept' || source === 'chosen')
  // Whoever wants nothing else has one thing less to read.
  const [isOpen] = useState(settings.some((one) => one.source === 'chosen' || isWrong(one, one.value)))
  const services = [...new Set(settings.map(({ service }) => service))]
  return (
    <section className="su-part" data-testid="settings">
      <details open={isOpen}>
        <summary>
          <h2>{t('setup.settings.title')}</h2>{' '}
          {t('setup.settings.some', { all: settings.length, other: others.length })}
        </summary>
        <p className="su-note">{t('setup.settings.lead')}</p>
        {services.map((service) => (
          <fieldset key={service} className="su-settings">
            <legend>{service}</legend>
            {settings
              .filter((one) => one.service === service)
              .map((one) => (
                <SettingField
                  key={one.setting.name}
                  one={one}
                  value={shownValue(one, drafts)}
                  onValue={(value) => setDrafts(new Map(drafts).set(keyOf(one), value))}
                  isDraft={drafts.has(keyOf(one))}
                />
              ))}
          </fieldset>
        ))}
        <Button loading={planning.busy} disabled={wrong || drafts.size === 0} onClick={again}>
          {t('setup.settings.plan')}
        </Button>
        {planning.failure === undefined ? null : <FailureNote failure={planning.failure} />}
      </details>
    </section>
  )
}

type SettingFieldProps = {
  readonly one: PlanSetting
  readonly value: string
  readonly isDraft: boolean
  /** null: as the entry has it. */
  readonly onValue: (value: string | null) => void
}

function SettingField({ one, value, isDraft, onValue }: SettingFieldProps) {
  const { t } = useTranslation()
  const words = useWords()
  const { setting, source, otherwise } = one
  const limit = settingLimitText(limitOf(setting), words.settings)
  const where = isDraft ? [] : [t(`setup.settings.source.${source}`)]
  const help = setting.help === undefined ? [] : [setting.help[words.language]]
  const isList = setting.type === 'choice' || setting.type === 'switch'
  const isOwn = value !== otherwise.value || source === 'kept' || source === 'chosen'
  return (
    <div className="su-setting">
      <Field
        label={setting.title[words.language]}
        hint={[...help, ...where, ...(isList ? [] : [limit])].join(words.language === 'en' ? ' ' : '')}
        problem={isWrong(one, value) ? limit : undefined}
      >
        {(control) => <Control control={control} one={one} value={value} onValue={onValue} />}
      </Field>
      {isOwn ? (
        <Button size="small" type="link" onClick={() => onValue(null)}>
          {t('setup.settings.back', {
            value: settingValueText({ ...one, ...otherwise }, words.settings, words.language),
          })}
        </Button>
      ) : null}
    </div>
  )
}

type ControlProps = Pick<SettingFieldProps, 'one' | 'value'> & {
  readonly control: ControlIds
  readonly onValue: (value: string) => void
}

function Control({ control, one: { setting }, value, onValue }: ControlProps) {
  const { language } = useWords()
  if (setting.type === 'switch') {
    return <Switch {...control} checked={value === 'on'} onChange={(on) => onValue(on ? 'on' : 'off')} />
  }
  if (setting.type === 'choice') {
    const options = setting.options.map((one) => ({ value: one.value, label: one.title[language] }))
    return <Select {...control} value={value} options={options} onChange={onValue} />
  }
  const isNumber = setting.type === 'integer'
  return (
    <Input
      {...control}
      value={value}
      maxLength={isNumber ? 11 : setting.maxLength}
      inputMode={isNumber ? 'numeric' : 'text'}
      suffix={isNumber ? setting.unit?.[language] : undefined}
      onChange={({ target }) => onValue(target.value)}
    />
  )
}
