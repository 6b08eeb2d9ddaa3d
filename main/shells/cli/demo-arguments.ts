// Reads what comes after "demo" on the command line.
import { type DemoPreset, type DrillName, demoPreset, drillName } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type OptionValues, pointlessOption, usage } from './options.ts'

/** What the whole journey is played on, and whether the demo appliance stays afterwards. */
export type DemoWish = { readonly preset: DemoPreset; readonly keep: boolean; readonly yes: boolean }

type DemoAct =
  | ({ readonly act: 'play' } & DemoWish)
  | { readonly act: 'list' }
  | { readonly act: 'remove'; readonly name: string }
  | { readonly act: 'drill'; readonly name: string; readonly drill: DrillName; readonly on: boolean }

export type DemoInvocation = { readonly verb: 'demo' } & DemoAct

/** How many words an act takes after its own. */
const mostWords = { list: 0, remove: 1, drill: 3 } as const

/** Whoever always says --yes is not told off where nothing is asked. */
const always = ['json', 'lang', 'yes']

export function readDemoLine([act, ...rest]: readonly string[], values: OptionValues): Result<DemoInvocation> {
  if (act === undefined) return readWish(values)
  const command = `demo ${act}`
  if (!isAct(act)) return usage('unknown-command', command)
  const meant = pointlessOption(values, command, (name) => always.includes(name))
  if (!meant.ok) return meant
  if (rest.length > mostWords[act]) return usage('one-word-too-many', rest[mostWords[act]])
  if (act === 'list') return ok({ verb: 'demo', act })
  const [name, ...more] = rest
  if (name === undefined) return usage('no-demo-named', command)
  return act === 'remove' ? ok({ verb: 'demo', act, name }) : readDrill(name, more)
}

function isAct(word: string): word is keyof typeof mostWords {
  return Object.hasOwn(mostWords, word)
}

function readWish(values: OptionValues): Result<DemoInvocation> {
  const ofUse = [...always, 'preset', 'keep']
  const meant = pointlessOption(values, 'demo', (name) => ofUse.includes(name))
  if (!meant.ok) return meant
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
