// The texts that entries are made of: names, sentences in both languages, and the words of commands. None of them is
// ever read by a shell, and none can write on a terminal.
import * as z from 'zod'
import { type SchemaRule, says } from '../schema-rule.ts'

/** No control or invisible character: NUL ends a word of a process early, the others write on a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u
function isPrintable(text: string): boolean {
  return !unprintable.test(text)
}
export const printable = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine(isPrintable, says({ rule: 'printable' }))
/** Sentences may have several lines. */
const sentence = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => isPrintable(text.replaceAll('\n', '')), says({ rule: 'printable-lines' }))
export const localizedText = z.strictObject({ en: sentence, 'zh-CN': sentence })

/** A file as people write it: lines and tabs. */
export const fileText = z
  .string()
  .min(1)
  .max(30_000)
  .refine((one) => isPrintable(one.replaceAll(/[\n\t]/g, '')), says({ rule: 'printable-lines' }))

/** An interface with its major version, such as `openai-chat@1`. */
export const interfaceName = z.string().regex(/^[a-z][a-z0-9-]*@[0-9]+$/)

export const versionText = printable(64).min(1)

/** The variables a word may contain, written as `{model.path}`. Nothing else is replaced. */
export const templateVariables = [
  'model.path',
  'model.name',
  'model.contextTokens',
  // Of all requests at once, each with a whole context.
  'model.cacheTokens',
  'service.port',
  'service.parallel',
  'parallel.tensor',
  'parallel.pipeline',
  'parallel.data',
  'needs.model.baseUrl',
  'needs.model.name',
] as const

/** Of the environment only: other users of the appliance see the words that a process was started with. */
const keyVariable = 'needs.model.key'

const wordWith = (known: readonly string[], isKnown: (name: string) => boolean) =>
  printable(1000).superRefine((word, context) => {
    const names = [...word.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '')
    const stranger = names.find((name) => !isKnown(name))
    if (stranger === undefined) return
    const rule: SchemaRule = { rule: 'unknown-variable', name: stranger.slice(0, 200), known: [...known] }
    context.addIssue({ code: 'custom', message: rule.rule, params: rule })
  })
const isTemplateVariable = (name: string) => (templateVariables as readonly string[]).includes(name)
/** Which settings there are its entry says. */
const isSetting = (name: string) => name.startsWith('setting.')
export const words = z.array(wordWith(templateVariables, isTemplateVariable)).max(100)
/** Of who may have parts and declare settings: which there are its entry says. */
export const serviceWords = z
  .array(
    wordWith(
      [...templateVariables, 'setting.NAME', 'part.NAME.host', 'part.NAME.port'],
      (name) => isTemplateVariable(name) || name.startsWith('part.') || isSetting(name),
    ),
  )
  .max(100)
export const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)
/** Of who declares no secrets. */
export const plainEnvironment = z.record(environmentName, wordWith(templateVariables, isTemplateVariable))
export const environment = z.record(
  environmentName,
  wordWith(
    [...templateVariables, keyVariable, 'secret.NAME', 'setting.NAME', 'part.NAME.host', 'part.NAME.port'],
    // Which secrets, parts and settings there are its entry says.
    (name) => isTemplateVariable(name) || name === keyVariable || /^(?:secret|part)[.]/.test(name) || isSetting(name),
  ),
)

/** Of what runs to its end for a service: `service` is that one, where others find it. */
const taskVariables = ['service.host', 'service.port', 'needs.model.baseUrl', 'needs.model.name'] as const
const isTaskVariable = (name: string) => (taskVariables as readonly string[]).includes(name)
export const taskWords = z.array(wordWith(taskVariables, isTaskVariable)).max(100)
export const taskEnvironment = z.record(
  environmentName,
  wordWith(
    [...taskVariables, keyVariable, 'secret.NAME'],
    (name) => isTaskVariable(name) || name === keyVariable || name.startsWith('secret.'),
  ),
)
