// Which variables an entry may use beyond those that all have: its own secrets, and where its parts are asked. Which there
// are is said by the entry itself, so this is checked of it as a whole.
import type * as z from 'zod'
import type { SchemaRule } from '../schema-rule.ts'
import { partPrefix, type ServiceConfiguration, secretPrefix, splitAtVariables } from './configuration.ts'
import { type Part, partsOf } from './part.ts'

type Configured = {
  readonly configuration?: ServiceConfiguration | undefined
  readonly variants: readonly {
    readonly arguments: readonly string[]
    readonly environment: Readonly<Record<string, string>>
  }[]
  readonly parts?: readonly Part[] | undefined
}

/** Names of containers that a replacement makes: "SERVICE-previous". */
const takenNames = ['previous', 'next']
const ofTheService = ['service.host', 'service.port']
const ofTheModel = ['needs.model.baseUrl', 'needs.model.name']

export function declaredVariables(entry: Configured, context: z.RefinementCtx): void {
  const complain = (path: (string | number)[], rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path, message: rule.rule, params: rule })
  const check = (path: (string | number)[], named: readonly string[], known: readonly string[]): void => {
    if (!named.every((one) => known.includes(one))) complain(path, { rule: 'unknown-variable', known: [...known] })
  }
  const secrets = (entry.configuration?.secrets ?? []).map(({ name }) => `${secretPrefix}${name}`)
  const all = partsOf(entry)
  const places = all.flatMap(({ name, containerPort }) => [
    `${partPrefix}${name}.host`,
    ...(containerPort === undefined ? [] : [`${partPrefix}${name}.port`]),
  ])
  for (const [at, variant] of entry.variants.entries()) {
    for (const [number, word] of variant.arguments.entries()) {
      check(['variants', at, 'arguments', number], declaredIn(word), places)
    }
    for (const [name, word] of Object.entries(variant.environment)) {
      check(['variants', at, 'environment', name], declaredIn(word), [...secrets, ...places])
    }
  }
  for (const [at, { parts }] of (entry.configuration?.files ?? []).entries()) {
    for (const [number, { text }] of parts.entries()) {
      const named = variablesIn(text).filter((one) => one.startsWith(partPrefix))
      check(['configuration', 'files', at, 'parts', number, 'text'], named, places)
    }
  }
  for (const [at, one] of all.entries()) {
    const path = ['parts', at]
    if (takenNames.includes(one.name)) complain([...path, 'name'], { rule: 'name-taken', name: one.name })
    if (all.findIndex(({ name }) => name === one.name) < at) {
      complain([...path, 'name'], { rule: 'name-twice', name: one.name })
    }
    const open = [...ofTheService, ...(one.asksModel === true ? ofTheModel : []), ...places]
    const hidden = [...open, ...(one.asksModel === true ? ['needs.model.key'] : []), ...secrets]
    for (const [number, word] of one.arguments.entries()) check([...path, 'arguments', number], bracedIn(word), open)
    for (const [name, word] of Object.entries(one.environment)) {
      check([...path, 'environment', name], bracedIn(word), hidden)
    }
    for (const [number, { name, text }] of one.files.entries()) {
      check([...path, 'files', number, 'text'], variablesIn(text), hidden)
      if (one.files.findIndex((file) => file.name.toLowerCase() === name.toLowerCase()) < number) {
        complain([...path, 'files', number, 'name'], { rule: 'name-twice', name })
      }
    }
  }
}

function bracedIn(word: string): string[] {
  return [...word.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
}

/** The others every entry may use. */
function declaredIn(word: string): string[] {
  return bracedIn(word).filter((one) => one.startsWith(secretPrefix) || one.startsWith(partPrefix))
}

function variablesIn(text: string): string[] {
  return splitAtVariables(text).filter((_, place) => place % 2 === 1)
}
