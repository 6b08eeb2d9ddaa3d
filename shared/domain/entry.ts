// Entries are what a catalog offers: runtimes, models, apps, and solutions that wire them together.
// Hardware decides between an entry's variants. Entries are data: arguments and environment are
// single words with typed variables in braces, and no field is ever read by a shell.
import * as z from 'zod'
import { vendor } from './accelerator.ts'
import { entryId, platform } from './artifact.ts'

const localizedText = z.strictObject({ en: z.string().min(1).max(2000), 'zh-CN': z.string().min(1).max(2000) })

/** An interface with its major version, such as `openai-chat@1`. */
const interfaceName = z.string().regex(/^[a-z][a-z0-9-]*@[0-9]+$/)

/** The variables a word may contain, written as `{model.path}`. Nothing else is replaced. */
export const templateVariables = [
  'model.path',
  'model.name',
  'model.contextTokens',
  'service.port',
  'service.parallel',
  'needs.model.baseUrl',
  'needs.model.name',
] as const
export type TemplateVariable = (typeof templateVariables)[number]

const word = z
  .string()
  .max(1000)
  .refine((w) => !w.includes('\0'), 'a word cannot contain NUL')
  .refine(
    (w) => [...w.matchAll(/\{([^{}]*)\}/g)].every((m) => (templateVariables as readonly string[]).includes(m[1] ?? '')),
    { error: `unknown variable; known: ${templateVariables.join(', ')}` },
  )
const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)
const absolutePath = z.string().regex(/^\/[A-Za-z0-9._/-]{0,200}$/)

const common = {
  id: entryId,
  version: z.string().min(1).max(64),
  title: localizedText,
  summary: localizedText,
  licence: z.strictObject({ spdx: z.string().min(1).max(64) }),
}

export const variantMatch = z.strictObject({
  architecture: platform.shape.architecture,
  /** Absent: the variant runs on the processor alone. */
  accelerator: z
    .strictObject({ vendor, countAtLeast: z.int().positive(), driverAtLeast: z.string().max(32).optional() })
    .optional(),
})
export type VariantMatch = z.infer<typeof variantMatch>

/** One way to run an entry in a container, on hardware that matches. Listed best first. */
export const variant = z.strictObject({
  id: entryId,
  match: variantMatch,
  image: entryId,
  arguments: z.array(word).max(100),
  environment: z.record(environmentName, word).default({}),
  /** Memory the process needs besides weights and KV cache. */
  overheadBytes: z.int().nonnegative(),
  /** What this variant was seen running on; `none` is shown as "not yet verified on this hardware". */
  evidence: z.enum(['none', 'lab']),
})
export type Variant = z.infer<typeof variant>

const service = {
  containerPort: z.int().min(1).max(65_535),
  /** GET answers 200 when the process takes requests. */
  readyPath: absolutePath,
  startTimeoutSeconds: z.int().positive().max(7200),
  /** Words run inside the container; exit 0 means alive. */
  healthCommand: z.array(z.string().max(300)).min(1).max(20),
}

export const runtimeEntry = z.strictObject({
  kind: z.literal('runtime'),
  ...common,
  ...service,
  provides: z.array(interfaceName).min(1),
  weightsFormat: z.literal('gguf'),
  metricsPath: absolutePath,
  /** Which reader of shared/observe/runtimes understands its metrics. */
  metricsReader: z.enum(['llama-cpp']),
  variants: z.array(variant).min(1).max(50),
})
export type RuntimeEntry = z.infer<typeof runtimeEntry>

export const modelEntry = z.strictObject({
  kind: z.literal('model'),
  ...common,
  weights: entryId,
  servedName: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/),
  contextTokens: z.int().positive(),
  parallel: z.int().positive().max(64),
})
export type ModelEntry = z.infer<typeof modelEntry>

export const appEntry = z.strictObject({
  kind: z.literal('app'),
  ...common,
  ...service,
  requires: z.array(interfaceName),
  intendedUse: localizedText,
  notForDiagnosis: z.boolean(),
  variants: z.array(variant).min(1).max(50),
})
export type AppEntry = z.infer<typeof appEntry>

const hostPort = z.int().min(1024).max(65_535)
export const solutionEntry = z.strictObject({
  kind: z.literal('solution'),
  ...common,
  services: z
    .array(
      z.discriminatedUnion('role', [
        z.strictObject({ role: z.literal('model'), name: entryId, runtime: entryId, model: entryId, hostPort }),
        z.strictObject({ role: z.literal('app'), name: entryId, app: entryId, usesModel: entryId, hostPort }),
      ]),
    )
    .min(1)
    .max(50),
})
export type SolutionEntry = z.infer<typeof solutionEntry>
export type SolutionService = SolutionEntry['services'][number]

export const entry = z.discriminatedUnion('kind', [runtimeEntry, modelEntry, appEntry, solutionEntry])
export type Entry = z.infer<typeof entry>
