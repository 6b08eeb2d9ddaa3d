// What a service is configured with besides its words: secrets that the appliance makes for it, and files in which they
// and what it is wired to stand. A file is text with variables in double braces; a part of it may be written once for
// each model that it serves, for each consumer that asks it, or for each app that it publishes.
import * as z from 'zod'
import type { SchemaRule } from '../schema-rule.ts'
import { type ReloadSignal, reloadSignal, secretName, serviceFileName } from '../service-file.ts'
import { fileText } from './entry-text.ts'

/** Variables of a part that is written once. */
export const fileVariables = ['service.port', 'needs.model.baseUrl', 'needs.model.name', 'needs.model.key'] as const
/** Those that change from one to the next, by what a part is written for. */
export const eachVariables = {
  models: ['model.name', 'model.host', 'model.port', 'model.baseUrl'],
  consumers: ['consumer.name', 'consumer.key'],
  sites: ['site.name', 'site.path', 'site.host', 'site.port', 'site.guard'],
} as const
export type FileVariable = (typeof fileVariables)[number] | (typeof eachVariables)[keyof typeof eachVariables][number]

const each = z.enum(['models', 'consumers', 'sites'])

const part = z.strictObject({
  each: each.optional(),
  /** Stands between one and the next, where it is written several times. */
  between: fileText.optional(),
  text: fileText,
})

const file = z.strictObject({ name: serviceFileName, parts: z.array(part).min(1).max(50) })

export const serviceConfiguration = z
  .strictObject({
    /** Made on the appliance, once per installation: 64 hexadecimal digits, or where people type it 20 letters in groups. */
    secrets: z
      .array(z.strictObject({ name: secretName, readable: z.literal(true).optional() }))
      .max(20)
      .default([]),
    /** In /run/rackside of the container. */
    files: z.array(file).max(20).default([]),
    /**
     * How its first process is told that its files have changed. Missing: it reads them when it starts, and is replaced
     * when they change. `itself`: it reads them whenever it needs them.
     */
    reload: z.union([reloadSignal, z.literal('itself')]).optional(),
  })
  .superRefine(checkConfiguration)
export type ServiceConfiguration = z.infer<typeof serviceConfiguration>

const variablePattern = /\{\{([^{}]*)\}\}/g
export const secretPrefix = 'secret.'
/** Of variables that say where a part of the entry is asked; which there are the entry as a whole says. */
export const partPrefix = 'part.'

/** The name of the secret that a variable stands for; undefined where it is another variable. */
export function secretOfVariable(variable: string): string | undefined {
  return variable.startsWith(secretPrefix) ? variable.slice(secretPrefix.length) : undefined
}

/** Texts and variables of a file's text by turns: the first and the last are texts. */
export function splitAtVariables(text: string): string[] {
  return text.split(variablePattern)
}

/** "for-" begins the names of the keys that a gateway gives out. */
export const consumerKeyPrefix = 'for-'

/** Of the step that writes a file. */
export function fileStepName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/** What its first process is told by; undefined where it is told nothing. */
export function signalOf({ reload }: Pick<ServiceConfiguration, 'reload'>): ReloadSignal | undefined {
  return reload === 'itself' ? undefined : reload
}

function checkConfiguration({ secrets, files }: ServiceConfiguration, context: z.RefinementCtx): void {
  const complain = (path: (string | number)[], rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path, message: rule.rule, params: rule })
  const own = secrets.map(({ name }) => `${secretPrefix}${name}`)
  for (const [at, { name }] of secrets.entries()) {
    if (name.startsWith(consumerKeyPrefix)) complain(['secrets', at, 'name'], { rule: 'name-taken', name })
    if (own.indexOf(`${secretPrefix}${name}`) < at) complain(['secrets', at, 'name'], { rule: 'name-twice', name })
  }
  for (const [at, { name, parts }] of files.entries()) {
    // Steps are named by them.
    if (fileStepName(name) === 'environment' || fileStepName(name).endsWith('.last')) {
      complain(['files', at, 'name'], { rule: 'name-taken', name })
    }
    if (files.findIndex((one) => fileStepName(one.name) === fileStepName(name)) < at)
      complain(['files', at, 'name'], { rule: 'name-twice', name })
    for (const [number, { text: written, each: of }] of parts.entries()) {
      const known: readonly string[] = [...fileVariables, ...own, ...(of === undefined ? [] : eachVariables[of])]
      const named = splitAtVariables(written).filter((_, place) => place % 2 === 1)
      // Which settings and parts there are its entry says.
      const stranger = named.find(
        (one) => !(known.includes(one) || one.startsWith(partPrefix) || one.startsWith('setting.')),
      )
      if (stranger === undefined) continue
      const path = ['files', at, 'parts', number, 'text']
      complain(path, { rule: 'unknown-variable', name: stranger.slice(0, 200), known: [...known] })
    }
  }
}
