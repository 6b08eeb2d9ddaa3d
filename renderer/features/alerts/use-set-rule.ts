// Sets a rule otherwise than it comes.
import type { ShownRule } from '../../../shared/contract/alerts.ts'
import type { RuleOverride } from '../../../shared/domain/alert.ts'
import { useOutdate } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'
import { useAct } from '../../console/use-act.ts'

/** All of a rule: another setting stands for the whole of the last one. */
export function overrideOf({ rule, on, severity, unit, limit, forSeconds }: ShownRule): RuleOverride {
  return { rule, on, severity, forSeconds: Math.round(forSeconds), ...(unit !== 'state' && { limit }) }
}

export function useSetRule() {
  const { product } = useConsole()
  const outdate = useOutdate()
  const { busy, failure, begin } = useAct()
  const set = (override: RuleOverride, done: () => void = () => undefined) =>
    begin(
      'alerts.setRule',
      () => product.alerts.setRule({ override }),
      () => {
        outdate('alerts.settings')
        outdate('alerts.list')
        done()
      },
    )
  return { busy, failure, set }
}
