// Somebody says that the password which everybody knows is changed: asked once more, because nobody can look.
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import type { WayIn } from '../../../shared/domain/sign-in.ts'
import { useConsole } from '../../console/console-context.tsx'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'

export type ConfirmChangedProps = {
  readonly way: Extract<WayIn, { for: 'people' }>
  readonly target: Target
  readonly onChanged: () => void
}

export function ConfirmChanged({ way: { deployment, signIn, isChanged }, target, onChanged }: ConfirmChangedProps) {
  const { t } = useTranslation()
  const { product } = useConsole()
  const { busy, failure, begin } = useAct()
  if (signIn.by !== 'published' || isChanged === true) return null
  const confirm = () =>
    begin('upkeep.confirmSignIn', () => product.upkeep.confirmSignIn({ target, deployment }), onChanged)
  return (
    <>
      <Popconfirm
        title={t('appliance.access.isChanged')}
        description={
          <div className="rs-ask">
            {t('appliance.access.isChangedLead', { service: deployment, user: signIn.user })}
          </div>
        }
        okText={t('appliance.access.isChanged')}
        cancelText={t('common.cancel')}
        onConfirm={confirm}
      >
        <Button size="small" loading={busy}>
          {t('appliance.access.isChanged')}
        </Button>
      </Popconfirm>
      {failure === undefined ? null : <FailureNote failure={failure} />}
    </>
  )
}
