// A saved appliance by its name, wherever a screen only has the name.
import type { ListedAppliance } from '../../shared/contract/appliances.ts'
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

/** Names under which appliances are saved with this address. */
export function useSavedNames({ host, port }: { readonly host: string; readonly port: number }): string[] {
  const { product } = useConsole()
  const { answer } = useAnswer({ key: ['appliances.list'], ask: () => product.appliances.list({}) })
  if (answer.state !== 'answered') return []
  return answer.value.filter((one) => one.address.host === host && one.address.port === port).map((one) => one.name)
}
