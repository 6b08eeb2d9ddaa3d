// The ways on which people are told: each with what it last got out and what is in its way, tried with one press.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertChannel, ChannelState } from '../../../shared/domain/alert-channel.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { ChannelDialog } from './channel-dialog.tsx'
import { ChannelRow } from './channel-row.tsx'

export type ChannelsPartProps = {
  readonly channels: readonly AlertChannel[]
  readonly states: readonly ChannelState[]
}

type Open =
  | { readonly is: 'edit'; readonly channel: AlertChannel | undefined }
  | { readonly is: 'remove'; readonly id: string }

export function ChannelsPart({ channels, states }: ChannelsPartProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open | undefined>(undefined)
  const [saved, setSaved] = useState<string | undefined>(undefined)
  const close = () => setOpen(undefined)
  const add = (
    <Button
      type={channels.length === 0 ? 'primary' : 'default'}
      onClick={() => setOpen({ is: 'edit', channel: undefined })}
    >
      {t('alertSetup.addChannel')}
    </Button>
  )
  return (
    <div className="rs-stack">
      {channels.length === 0 ? (
        <EmptyState title={t('alertSetup.channelsEmptyTitle')} action={add}>
          {t('alertSetup.channelsEmptyLead')}
        </EmptyState>
      ) : (
        <Panel title={t('alertSetup.channels')} actions={add}>
          <p className="rs-muted">{t('alertSetup.channelsLead')}</p>
          <ul className="rs-records" aria-label={t('alertSetup.channels')}>
            {channels.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                state={states.find((one) => one.channel === channel.id)}
                isFresh={saved === channel.id}
                onEdit={() => setOpen({ is: 'edit', channel })}
                onRemove={() => setOpen({ is: 'remove', id: channel.id })}
              />
            ))}
          </ul>
        </Panel>
      )}
      {open?.is === 'edit' ? (
        <ChannelDialog
          channel={open.channel}
          taken={channels.map(({ id }) => id)}
          onClose={close}
          onSaved={(id) => {
            setSaved(id)
            close()
          }}
        />
      ) : null}
      {open?.is === 'remove' ? <RemoveChannel id={open.id} onClose={close} /> : null}
    </div>
  )
}

function RemoveChannel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const remove = () =>
    act.begin(
      'alerts.removeChannel',
      () => product.alerts.removeChannel({ channel: id }),
      () => {
        outdate('alerts.settings')
        outdate('alerts.list')
        onClose()
      },
    )
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('alertSetup.removeTitle', { id })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button danger loading={act.busy} onClick={remove}>
            {t('alertSetup.removeChannel')}
          </Button>
        </>
      }
    >
      <div className="rs-form">
        <p>{t('alertSetup.removeWhat')}</p>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Modal>
  )
}
