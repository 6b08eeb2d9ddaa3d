// The keys that the SSH agent of this computer holds, each with its fingerprint.
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AgentKey } from './use-login-fields.ts'

export type AgentKeyChoiceProps = {
  readonly keys: readonly AgentKey[]
  readonly chosen: AgentKey | undefined
  readonly onChoose: (key: AgentKey | undefined) => void
}

export function AgentKeyChoice({ keys, chosen, onChoose }: AgentKeyChoiceProps) {
  const { t } = useTranslation()
  return (
    <fieldset className="rs-choices">
      <legend>{t('access.agentKeys')}</legend>
      <Radio.Group
        vertical
        value={chosen?.fingerprint}
        onChange={(event) => onChoose(keys.find(({ fingerprint }) => fingerprint === event.target.value))}
        options={keys.map(({ fingerprint, label }) => ({
          value: fingerprint,
          label: (
            <>
              {label} <code className="rs-muted rs-choice-note">{fingerprint}</code>
            </>
          ),
        }))}
      />
    </fieldset>
  )
}
