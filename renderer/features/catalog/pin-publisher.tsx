// Trusting a publisher: its fingerprint large, to be compared with one that came another way, and a tick that it was.
import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureOf } from '../../../shared/domain/failure.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { Fingerprint } from '../../ui/fingerprint.tsx'

type PinPublisherProps = { readonly stranger: FailureOf<'publisher-unknown'>; readonly onClose: () => void }

export function PinPublisher({ stranger, onClose }: PinPublisherProps) {
  const { name, publisher, fingerprint, bundleId } = stranger
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [compared, setCompared] = useState(false)
  const [clockIsRight, setClockIsRight] = useState(false)
  const asksClock = act.failure?.kind === 'bundle-not-trusted' && act.failure.problem === 'clock-behind'
  const clock = clockIsRight ? { acceptsClock: true as const } : {}
  const pin = () =>
    act.begin(
      'publishers.pin',
      () => product.publishers.pin({ bundleId, fingerprint, ...clock }),
      () => {
        outdate('bundles.list')
        outdate('publishers.list')
        onClose()
      },
    )
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={t('publishers.pinTitle', { name })}
      closable={{ 'aria-label': t('common.close') }}
    >
      <div className="rs-form">
        <p>{t('publishers.pinWhat', { name, id: publisher })}</p>
        <Fingerprint label={t('publishers.pinFingerprint')} text={fingerprint} />
        <Checkbox checked={compared} onChange={({ target }) => setCompared(target.checked)}>
          {t('publishers.compared')}
        </Checkbox>
        {asksClock || clockIsRight ? (
          <Checkbox checked={clockIsRight} onChange={({ target }) => setClockIsRight(target.checked)}>
            {t('publishers.clockIsRight')}
          </Checkbox>
        ) : null}
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button autoFocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="primary" disabled={!compared} loading={act.busy} onClick={pin}>
            {t('publishers.pin')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
