// A saved appliance by its name, wherever a screen only has the name.
import type { ListedAppliance } from '../../shared/contract/contract.ts'
import { useAnswer } from './answers.ts'
import { useConsole } from './console-context.tsx'

/** Undefined: not known yet, or none has this name. */
export function useSaved(name: string): ListedAppliance | undefined {
  const { product } = useConsole()
  const { answer } = useAnswer({
    key: ['appliances.list'],
    ask: () => product.appliances.list({}),
    enabled: name !== '',
  })
  return answer.state === 'answered' ? answer.value.find((one) => one.name === name) : undefined
}
