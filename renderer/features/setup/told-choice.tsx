// Whom a recorder tells: one of the saved channels that a server can use by itself. The others stand in the list with the
// reason why they cannot be chosen; who may not see the channels chooses none.
import { Select } from 'antd'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { type AlertChannel, curlWayOf } from '../../../shared/domain/alert-channel.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'

type ToldChoiceProps = {
  readonly told: string | undefined
  readonly busy: boolean
  /** Undefined: nobody. */
  readonly onChoose: (channel: string | undefined) => void
}

/** No channel is called so. */
const nobody = ''

export function ToldChoice({ told, busy, onChoose }: ToldChoiceProps) {
  const { t } = useTranslation()
  const { alerts, recorder, cli } = useWords()
  const { product } = useConsole()
  const label = useId()
  const { answer } = useAnswer({ key: ['alerts.settings'], ask: () => product.alerts.settings({}) })
  if (answer.state === 'waiting') return null
  if (answer.state === 'failed') return <FailureNote failure={answer.failure} />
  const optionOf = ({ id, way }: AlertChannel) => {
    const usable = curlWayOf(way)
    const name = cli.pair(id, alerts.channels[way.kind])
    return typeof usable === 'string'
      ? { value: id, label: cli.pair(name, recorder.unusable[usable]), disabled: true }
      : { value: id, label: name }
  }
  const { channels } = answer.value
  return (
    <div className="rs-row" data-testid="recorder-told">
      <span id={label}>{t('setup.review.recorder.tell')}</span>
      <Select
        aria-labelledby={label}
        value={told ?? nobody}
        disabled={busy}
        popupMatchSelectWidth={false}
        options={[{ value: nobody, label: t('setup.review.recorder.nobody') }, ...channels.map(optionOf)]}
        onChange={(channel) => onChoose(channel === nobody ? undefined : channel)}
      />
      {channels.length === 0 ? <span className="su-note">{t('setup.review.recorder.noChannels')}</span> : null}
    </div>
  )
}
