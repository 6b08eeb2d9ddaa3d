// The rules about interrupting a service as words of the command line: "--window 22:00-05:00/sat,sun".
import { ok, type Result } from '../../../shared/domain/failure.ts'
import {
  type InterruptionRules,
  type MaintenanceWindow,
  maintenanceWindow,
} from '../../../shared/domain/interruption.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

export function readRules(values: OptionValues): Result<InterruptionRules> {
  const window = values.window === undefined ? ok(undefined) : readWindow(values.window)
  if (!window.ok) return window
  return ok({
    ...(window.value && { window: window.value }),
    ...(values['even-if-busy'] === true && { evenIfBusy: true as const }),
  })
}

function readWindow(word: string): Result<MaintenanceWindow> {
  const [times = '', days, ...more] = word.split('/')
  const [from, to, ...further] = times.split('-')
  const read = maintenanceWindow.safeParse({ from, to, ...(days !== undefined && { days: days.split(',') }) })
  return read.success && more.length + further.length === 0 ? ok(read.data) : usage('not-a-window', word)
}
