// "Prove now": a real answer of every deployment, streamed into a panel beside the page.
import { Button, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../../shared/contract/contract.ts'
import { DemoMark } from '../../console/demo/demo-mark.tsx'
import { DeviceProofs } from '../../console/proof/device-proofs.tsx'
import { ProofView } from '../../console/proof/proof-view.tsx'
import type { Proving } from '../../console/proof/use-proof.ts'

export type ProofDrawerProps = {
  readonly name: string
  readonly target: Target
  readonly proof: Proving
  readonly open: boolean
  readonly onClose: () => void
}

export function ProofDrawer({
  name,
  target,
  proof: { proof, phase, failure, start },
  open,
  onClose,
}: ProofDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={560}
      title={
        <>
          {t('appliance.proveTitle', { name })}
          <DemoMark name={name} />
        </>
      }
      closable={{ 'aria-label': t('common.close') }}
      extra={
        <Button disabled={phase === 'running'} onClick={start}>
          {t('appliance.proveAgain')}
        </Button>
      }
    >
      <ProofView proof={proof} phase={phase} {...(failure === undefined ? {} : { failure })} />
      {phase === 'done' ? <DeviceProofs target={target} /> : null}
    </Drawer>
  )
}
