// Trusts a publisher no more: says what it means, and wants its id typed.
import { Button, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { TypedWord } from '../../ui/typed-word.tsx'

export function RemovePublisher({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const outdate = useOutdate()
  const act = useAct()
  const [typed, setTyped] = useState('')
  const ready = typed.trim() === id
  const remove = () =>
    act.begin(
      'publishers.remove',
      () => product.publishers.remove({ publisher: id, typedPublisher: typed.trim() }),
      () => {
        outdate('publishers.list')
        outdate('bundles.list')
        onClose()
      },
    )
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={t('publishers.removeTitle', { id })}
      closable={{ 'aria-label': t('common.close') }}
    >
      <form
        className="rs-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) remove()
        }}
      >
        <p>{t('publishers.removeWhat')}</p>
        <TypedWord label={t('publishers.typeId', { id })} typed={typed} onTyped={setTyped} />
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
        <div className="rs-row">
          <Button autoFocus onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button danger htmlType="submit" disabled={!ready} loading={act.busy}>
            {t('publishers.removeIt')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
