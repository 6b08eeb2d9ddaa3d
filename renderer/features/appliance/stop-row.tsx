// Stops what goes on, once it can be named; beside it, what leaving the page would do.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../../shared/domain/failure.ts'
import { FailureNote } from '../../console/failure-note.tsx'
import { useAct } from '../../console/use-act.ts'

export type StopRowProps = {
  readonly call: string
  /** Undefined until it has begun. */
  readonly stop: (() => Promise<Result<unknown>>) | undefined
  readonly leaving: string
}

export function StopRow({ call, stop, leaving }: StopRowProps) {
  const { t } = useTranslation()
  const { busy, failure, begin } = useAct()
  return (
    <>
      <div className="rs-row">
        <Button
          loading={busy}
          disabled={stop === undefined}
          onClick={() => stop !== undefined && begin(call, stop, () => undefined)}
        >
          {t('appliance.limits.stop')}
        </Button>
        <span className="rs-muted">{leaving}</span>
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} state="unknown" />}
    </>
  )
}
