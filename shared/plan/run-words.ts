// How a service is run, as what is different from now says it: only what is not the same on both sides, and never a value that
// may be a secret.
import { evidence } from '../domain/failure.ts'
import type { ContainerSpec, StepSpecOf } from '../domain/plan.ts'
import { type DifferenceKind, hiddenValue } from '../domain/replacement.ts'

type RunKind = Extract<DifferenceKind, 'environment' | 'arguments' | 'files' | 'health-check' | 'start-time'>
const longest = 300
const mostValues = 100

export function runWords({ spec, startTimeoutSeconds }: StepSpecOf<'container'>): {
  readonly [K in RunKind]: readonly string[]
} {
  return {
    environment: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    arguments: [...(spec.program === undefined ? [] : [spec.program]), ...optionsIn(spec.arguments)],
    files: filesOf(spec),
    'health-check': spec.healthCommand.length === 0 ? [] : [spec.healthCommand.join(' ')],
    'start-time': [String(startTimeoutSeconds)],
  }
}

/** An option with its value is one: "-c 4096" tells more than "4096". */
function optionsIn(words: readonly string[]): string[] {
  const all: string[] = []
  for (const word of words) {
    const before = all.at(-1)
    const isValue = before !== undefined && /^-[^\s=]+$/.test(before) && !word.startsWith('-')
    if (isValue) all[all.length - 1] = `${before} ${word}`
    else all.push(word)
  }
  return all
}

/** What is in them stands nowhere: their names are of what they say. */
function filesOf({ mounts, environmentFile }: ContainerSpec): string[] {
  const of = (path: string) => path.slice(path.lastIndexOf('/') + 1).slice(0, 20)
  const given = mounts.map(({ source, target }) => `${target} (${of(source)})`)
  return environmentFile === undefined ? given : [...given, of(environmentFile)]
}

const listed: readonly DifferenceKind[] = ['environment', 'arguments', 'files', 'offered-settings']

/** Of long lists what is in `those` and not in `others`; a value that may be a secret is not told. */
export function toldOf<T>(what: DifferenceKind, those: readonly T[], others: readonly T[]): (T | string)[] {
  const all = listed.includes(what) ? those.filter((one) => !others.includes(one)) : those
  const told = all.map((one) => (typeof one === 'string' ? evidence(hidden(what, one), longest) : one))
  return told.slice(0, mostValues)
}

const secretName = /(?:^|[-_])(?:key|auth|pwd)(?:$|[-_])|passw|passphrase|secret|credential|apikey|token(?!s|iz)/i

function hidden(what: DifferenceKind, text: string): string {
  if (what !== 'environment' && what !== 'arguments' && what !== 'health-check') return text
  const [, name = '', between = ''] = /^([^=\s]+)(=|\s)/.exec(text) ?? []
  if (what !== 'health-check' && secretName.test(name)) return `${name}${between}${hiddenValue}`
  return text.replace(/:\/\/[^/@\s]+@/g, `://${hiddenValue}@`)
}
