// Which alerts there are, from where on and for how long; each can be turned off, changed and brought back to how it
// comes. And what happens when nobody acknowledges.
import { Button, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShownRule } from '../../../shared/contract/alerts.ts'
import type { AlertPolicy, AlertRuleId } from '../../../shared/domain/alert.ts'
import { amountText } from '../../../shared/words/alert-text.ts'
import { durationText } from '../../../shared/words/durations.ts'
import { useLanguage, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useRuleTitle } from './alert-facts.ts'
import { PolicyPanel } from './policy-panel.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { overrideOf, useSetRule } from './use-set-rule.ts'

export type RulesPartProps = { readonly rules: readonly ShownRule[]; readonly policy: AlertPolicy }

type Group = 'accelerators' | 'server' | 'services' | 'watching'

/** Every rule there is: one that is in no group would be in force and nowhere to be seen. */
const groupOf: { readonly [rule in AlertRuleId]: Group } = {
  ...{ 'device-lost': 'accelerators', 'device-ill': 'accelerators', 'ecc-errors': 'accelerators' },
  ...{ temperature: 'accelerators', throttling: 'accelerators', 'device-memory-full': 'accelerators' },
  ...{ 'host-memory': 'server', 'host-swap': 'server', 'host-temperature': 'server' },
  ...{ 'disk-full': 'server', 'disk-full-soon': 'server', 'clock-off': 'server' },
  ...{ 'engine-silent': 'services', 'runtime-down': 'services', 'probe-wrong': 'services' },
  'canary-failed': 'services',
  ...{ 'slow-first-token': 'services', 'slow-answer': 'services', 'queue-growing': 'services' },
  ...{ 'kv-full': 'services', 'version-taken-back': 'services' },
  ...{ 'certificate-ends': 'services', 'certificate-ends-now': 'services', 'expiry-near': 'services' },
  'no-data': 'watching',
}
const groups = ['accelerators', 'server', 'services', 'watching'] as const satisfies readonly Group[]

export function RulesPart({ rules, policy }: RulesPartProps) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState<ShownRule | undefined>(undefined)
  const set = useSetRule()
  return (
    <div className="rs-stack rs-alert-rules">
      <p className="rs-muted">{t('alertSetup.rulesLead')}</p>
      {set.failure === undefined ? null : <FailureNote failure={set.failure} />}
      {groups.map((group) => (
        <Panel key={group} title={t(`alertSetup.groups.${group}`)}>
          <RuleTable
            caption={t(`alertSetup.groups.${group}`)}
            rules={rules.filter(({ rule }) => groupOf[rule] === group)}
            set={set}
            onChange={setChanging}
          />
        </Panel>
      ))}
      <PolicyPanel policy={policy} />
      {changing === undefined ? null : <RuleDialog rule={changing} onClose={() => setChanging(undefined)} />}
    </div>
  )
}

type TableProps = {
  readonly caption: string
  readonly rules: readonly ShownRule[]
  readonly set: ReturnType<typeof useSetRule>
  readonly onChange: (rule: ShownRule) => void
}

function RuleTable({ caption, rules, set, onChange }: TableProps) {
  const { t } = useTranslation()
  const { cli } = useWords()
  const words = useWords()
  const language = useLanguage()
  const ruleTitle = useRuleTitle()
  return (
    <DataTable
      caption={caption}
      columns={[
        { id: 'rule', name: t('alertSetup.rule'), align: 'start' },
        { id: 'severity', name: t('alertSetup.severity'), align: 'start' },
        { id: 'limit', name: t('alertSetup.limit') },
        { id: 'lasts', name: t('alertSetup.lasts') },
        { id: 'change', name: <span className="rs-visually-hidden">{t('alertSetup.change')}</span> },
      ]}
      rows={rules.map((one) => ({
        id: one.rule,
        cells: [
          <span key="rule" className="rs-alert-rule">
            <Switch
              size="small"
              aria-label={cli.pair(ruleTitle(one.rule), t(one.on ? 'alertSetup.ruleOn' : 'alertSetup.ruleOff'))}
              checked={one.on}
              onChange={(on) => set.set(overrideOf({ ...one, on }))}
            />
            <span className={one.on ? '' : 'rs-muted'}>{ruleTitle(one.rule)}</span>
            {one.on ? null : <small>{t('alertSetup.ruleOff')}</small>}
            {one.isOwn ? <small>{t('alertSetup.own')}</small> : null}
          </span>,
          t(`alerts.severity.${one.severity}`),
          one.unit === 'state' ? '–' : amountText(one.limit, one.unit, words),
          one.forSeconds === 0 ? t('alertSetup.atOnce') : durationText(one.forSeconds * 1000, language),
          <Button
            key="change"
            size="small"
            aria-label={cli.pair(t('alertSetup.change'), ruleTitle(one.rule))}
            onClick={() => onChange(one)}
          >
            {t('alertSetup.change')}
          </Button>,
        ],
      }))}
    />
  )
}
