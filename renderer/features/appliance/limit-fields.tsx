// How long people may have to wait for the first token, and for each further one: what load is measured against.
import { useTranslation } from 'react-i18next'
import { benchBounds } from '../../../shared/domain/bench.ts'
import { Field } from '../../ui/field.tsx'
import { Amount } from './amount.tsx'

export type Limits = { readonly ttftLimitMs: number; readonly tpotLimitMs: number }

export function LimitFields({ limits, onLimits }: { limits: Limits; onLimits: (limits: Limits) => void }) {
  const { t } = useTranslation()
  const { ttftLimitMs, tpotLimitMs } = limits
  return (
    <>
      <Field label={t('appliance.limits.ttft')}>
        {(control) => (
          <Amount
            {...control}
            value={ttftLimitMs}
            range={benchBounds.ttftLimitMs}
            onAmount={(next) => onLimits({ ...limits, ttftLimitMs: next })}
          />
        )}
      </Field>
      <Field label={t('appliance.limits.tpot')}>
        {(control) => (
          <Amount
            {...control}
            value={tpotLimitMs}
            range={benchBounds.tpotLimitMs}
            onAmount={(next) => onLimits({ ...limits, tpotLimitMs: next })}
          />
        )}
      </Field>
    </>
  )
}
