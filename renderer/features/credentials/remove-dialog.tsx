// Removes a kept login. While an appliance logs in with it there is nothing to press: it says which, and what to do.
import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { KeptCredential } from '../../../shared/contract/vault.ts'
import { useConsole, useWords } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'
import { useVaultChanged } from '../../console/vault-state.ts'

export type RemoveDialogProps = {
  readonly kept: KeptCredential
  readonly onRemoved: () => void
  readonly onClose: () => void
}

export function RemoveDialog({ kept: { credentialId, label, usedBy }, onRemoved, onClose }: RemoveDialogProps) {
  const { t } = useTranslation()
  const { hardwareTroubles } = useWords()
  const { product } = useConsole()
  const act = useAct()
  const changed = useVaultChanged()
  const used = usedBy.length > 0
  const remove = () =>
    act.begin(
      'vault.remove',
      () => product.vault.remove({ credentialId }),
      () => {
        changed()
        onRemoved()
        onClose()
      },
    )
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('credentials.removeTitle', { label })}
      closable={{ 'aria-label': t('common.close') }}
      footer={
        <>
          <Button autoFocus onClick={onClose}>
            {t(used ? 'common.close' : 'common.cancel')}
          </Button>
          {used ? null : (
            <Button danger loading={act.busy} onClick={remove}>
              {t('credentials.remove')}
            </Button>
          )}
        </>
      }
    >
      <div className="rs-form">
        <p>
          {used ? t('credentials.removeUsed', { names: hardwareTroubles.and(usedBy) }) : t('credentials.removeWhat')}
        </p>
        {act.failure === undefined ? null : <FailureNote failure={act.failure} />}
      </div>
    </Modal>
  )
}
