// The private keys that lie in this computer's .ssh folder, by name.
import { Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Credential } from '../../../shared/contract/window.ts'
import type { Answer } from '../../console/answers.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { Loading } from '../../ui/loading.tsx'

export type KeyFileChoiceProps = {
  readonly files: Answer<readonly Credential[]>
  readonly chosen: Credential | undefined
  readonly onChoose: (credential: Credential | undefined) => void
}

export function KeyFileChoice({ files, chosen, onChoose }: KeyFileChoiceProps) {
  const { t } = useTranslation()
  if (files.state === 'waiting') return <Loading label={t('frame.loading')} />
  if (files.state === 'failed') return <FailureNote failure={files.failure} />
  if (files.value.length === 0) return <p>{t('add.noKeyFiles')}</p>
  return (
    <fieldset className="rs-choices">
      <legend>{t('add.keyFiles')}</legend>
      <Radio.Group
        vertical
        value={chosen?.credentialId}
        onChange={(event) => onChoose(files.value.find(({ credentialId }) => credentialId === event.target.value))}
        options={files.value.map(({ credentialId, label }) => ({ value: credentialId, label }))}
      />
    </fieldset>
  )
}
