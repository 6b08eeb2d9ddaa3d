// The word that stands wherever the name of a simulated appliance does, so that nobody takes it for a real one.
import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/chip.tsx'
import { useAnswer } from '../answers.ts'
import { useConsole } from '../console-context.tsx'
import './demo-pieces.css'

export function DemoChip() {
  const { t } = useTranslation()
  return (
    <Chip tone="accent" title={t('demo.chipNote')}>
      {t('demo.chip')}
    </Chip>
  )
}

/** Whether a saved appliance is a simulated one. Undefined: not known yet. One that cannot be asked about is not. */
export function useIsDemo(name: string | undefined): boolean | undefined {
  const { product } = useConsole()
  const { answer, asking } = useAnswer({
    key: ['appliances.list'],
    ask: () => product.appliances.list({}),
    enabled: name !== undefined,
  })
  const saved = answer.state === 'answered' ? answer.value.find((one) => one.name === name) : undefined
  if (saved !== undefined) return saved.demo
  // One that was made this second is in the next answer.
  return answer.state === 'waiting' || asking ? undefined : false
}

/** Beside the name of an appliance: the chip, or nothing for a real one. */
export function DemoMark({ name }: { readonly name: string }) {
  return useIsDemo(name) === true ? (
    <span className="rs-demo-mark">
      <DemoChip />
    </span>
  ) : null
}
