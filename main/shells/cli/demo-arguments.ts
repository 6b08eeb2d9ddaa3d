// Reads what comes after "demo" on the command line.
import { type DemoPreset, type DrillName, demoPreset, drillName } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** What the whole journey is played on, and whether the demo appliance stays afterwards. */
export type DemoWish = { readonly preset: DemoPreset; readonly keep: boolean; readonly yes: boolean }

type DemoAct =
  | ({ readonly act: 'play' } & DemoWish)
  | { readonly act: 'list' }
  | { readonly act: 'remove'; readonly name: string }
  | { readonly act: 'drill'; readonly name: string; readonly drill: DrillName; readonly on: boolean }

export type DemoInvocation = { readonly verb: 'demo' } & DemoAct

export function readDemoLine(
  act: string | undefined,
  [name, ...more]: readonly string[],
  values: OptionValues,
): Result<DemoInvocation> {
  if (act === undefined) return readWish(values)
  if (act === 'list') return ok({ verb: 'demo', act })
  if (name === undefined) return usage('no-demo-named', `demo ${act}`)
  return act === 'remove' ? ok({ verb: 'demo', act, name }) : readDrill(name, more)
}

function readWish(values: OptionValues): Result<DemoInvocation> {
  const { preset = 'ascend-8', keep = false, yes = false } = values
  const known = demoPreset.safeParse(preset)
  if (!known.success) return usage('unknown-preset', preset)
  return ok({ verb: 'demo', act: 'play', preset: known.data, keep, yes })
}

function readDrill(name: string, [word, state = 'on']: readonly string[]): Result<DemoInvocation> {
  const drill = drillName.safeParse(word)
  if (!drill.success) return usage('unknown-drill', word)
  if (state !== 'on' && state !== 'off') return usage('not-on-or-off', state)
  return ok({ verb: 'demo', act: 'drill', name, drill: drill.data, on: state === 'on' })
}
