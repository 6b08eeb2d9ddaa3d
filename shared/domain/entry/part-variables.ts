// Which variables an entry may use beyond those that all have: its own secrets, and where its parts are asked. Which there
// are is said by the entry itself, so this is checked of it as a whole.
import type * as z from 'zod'
import type { SchemaRule } from '../schema-rule.ts'
import type { SignIn } from '../sign-in.ts'
import { fileStepName, partPrefix, type ServiceConfiguration, secretPrefix, splitAtVariables } from './configuration.ts'
import { type Part, partsOf } from './part.ts'

type Configured = {
  readonly configuration?: ServiceConfiguration | undefined
  readonly signIn?: SignIn | undefined
  readonly guard?: { readonly secret: string } | undefined
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

type Path = readonly (string | number)[]
type Known = { readonly secrets: readonly string[]; readonly places: readonly string[] }
type Complain = (path: Path, rule: SchemaRule) => void

export function declaredVariables(entry: Configured, context: z.RefinementCtx): void {
  const complain: Complain = (path, rule) =>
    context.addIssue({ code: 'custom', path: [...path], message: rule.rule, params: rule })
  const known = {
    secrets: (entry.configuration?.secrets ?? []).map(({ name }) => `${secretPrefix}${name}`),
    places: partsOf(entry).flatMap(placesOf),
  }
  checkSignIns(entry, complain)
  checkService(entry, known, complain)
  for (const [at, part] of partsOf(entry).entries()) {
    const before = partsOf(entry).slice(0, at)
    checkName(part, before, (rule) => complain(['parts', at, 'name'], rule))
    checkPart(part, known, (path, rule) => complain(['parts', at, ...path], rule))
  }
}

function placesOf({ name, containerPort }: Part): string[] {
  const host = `${partPrefix}${name}.host`
  return containerPort === undefined ? [host] : [host, `${partPrefix}${name}.port`]
}

/** What people sign in with is one of its secrets. */
function checkSignIns({ configuration, signIn, guard }: Configured, complain: Complain): void {
  const known = (configuration?.secrets ?? []).map(({ name }) => name)
  const used = { signIn: signIn?.by === 'made' ? signIn.secret : undefined, guard: guard?.secret }
  for (const [field, name] of Object.entries(used)) {
    if (name !== undefined && !known.includes(name)) complain([field, 'secret'], { rule: 'no-such-secret', known })
  }
}

/** Words that other users of the appliance see have no secrets: the form of an entry says so. */
function checkService({ variants, configuration }: Configured, { secrets, places }: Known, complain: Complain): void {
  for (const [at, variant] of variants.entries()) {
    for (const [number, word] of variant.arguments.entries()) {
      check(declaredIn(word), places, (rule) => complain(['variants', at, 'arguments', number], rule))
    }
    for (const [name, word] of Object.entries(variant.environment)) {
      const known = [...secrets, ...places]
      check(declaredIn(word), known, (rule) => complain(['variants', at, 'environment', name], rule))
    }
  }
  for (const [at, { parts }] of (configuration?.files ?? []).entries()) {
    for (const [number, { text }] of parts.entries()) {
      const named = variablesIn(text).filter((one) => one.startsWith(partPrefix))
      check(named, places, (rule) => complain(['configuration', 'files', at, 'parts', number, 'text'], rule))
    }
  }
}

function checkName({ name }: Part, before: readonly Part[], complain: (rule: SchemaRule) => void): void {
  if (takenNames.includes(name)) complain({ rule: 'name-taken', name })
  if (before.some((one) => one.name === name)) complain({ rule: 'name-twice', name })
}

function checkPart(part: Part, { secrets, places }: Known, complain: Complain): void {
  const asks = part.asksModel === true
  const open = [...ofTheService, ...(asks ? ofTheModel : []), ...places]
  const hidden = [...open, ...(asks ? ['needs.model.key'] : []), ...secrets]
  for (const [number, word] of part.arguments.entries()) {
    check(bracedIn(word), open, (rule) => complain(['arguments', number], rule))
  }
  for (const [name, word] of Object.entries(part.environment)) {
    check(bracedIn(word), hidden, (rule) => complain(['environment', name], rule))
  }
  for (const [number, { name, text }] of part.files.entries()) {
    check(variablesIn(text), hidden, (rule) => complain(['files', number, 'text'], rule))
    // Steps are named by them.
    const twin = part.files.findIndex((file) => fileStepName(file.name) === fileStepName(name))
    if (twin < number) complain(['files', number, 'name'], { rule: 'name-twice', name })
    if (fileStepName(name) === 'environment') complain(['files', number, 'name'], { rule: 'name-taken', name })
  }
}

function check(named: readonly string[], known: readonly string[], complain: (rule: SchemaRule) => void): void {
  const name = named.find((one) => !known.includes(one))
  if (name !== undefined) complain({ rule: 'unknown-variable', name: name.slice(0, 200), known: [...known] })
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
