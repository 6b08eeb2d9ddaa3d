// Entries are what a catalog offers: runtimes, models, apps, packages of the system, and solutions that wire them together.
// Hardware decides between an entry's variants. Entries are data: arguments and environment are
// single words with typed variables in braces, and no field is ever read by a shell.
import * as z from 'zod'
import { vendor } from './accelerator.ts'
import { entryId, platform } from './artifact.ts'
import { absolutePath, metricsReader, servicePort } from './deployment.ts'
import { hostPackageParts, hostPackageWays, runtimeParts, unitName } from './host-step.ts'
import { serviceVolumes } from './service-volume.ts'

/** No control or invisible character: NUL ends a word of a process early, the others write on a terminal. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u
const printable = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !unprintable.test(text), 'only printable characters, no NUL or other control character')
/** Sentences may have several lines. */
const sentence = z
  .string()
  .min(1)
  .max(2000)
  .refine((text) => !unprintable.test(text.replaceAll('\n', '')), 'only printable characters and ends of lines')
const localizedText = z.strictObject({ en: sentence, 'zh-CN': sentence })

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

const word = printable(1000).refine(
  (w) => [...w.matchAll(/\{([^{}]*)\}/g)].every((m) => (templateVariables as readonly string[]).includes(m[1] ?? '')),
  { error: `unknown variable; known: ${templateVariables.join(', ')}` },
)
const environmentName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)

const common = {
  id: entryId,
  version: printable(64).min(1),
  title: localizedText,
  summary: localizedText,
  licence: z.strictObject({ spdx: printable(64).min(1) }),
}

export const variantMatch = z.strictObject({
  architecture: platform.shape.architecture,
  /** Absent: the variant runs on the processor alone. */
  accelerator: z
    .strictObject({ vendor, countAtLeast: z.int().positive(), driverAtLeast: printable(32).optional() })
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
  containerPort: servicePort,
  /** GET answers 200 when the process takes requests. */
  readyPath: absolutePath,
  startTimeoutSeconds: z.int().positive().max(7200),
  /** Words run inside the container; exit 0 means alive. */
  healthCommand: z.array(printable(300)).min(1).max(20),
  volumes: serviceVolumes.default([]),
}

export const runtimeEntry = z.strictObject({
  kind: z.literal('runtime'),
  ...common,
  ...service,
  provides: z.array(interfaceName).min(1),
  weightsFormat: z.literal('gguf'),
  metricsPath: absolutePath,
  metricsReader,
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
const solutionService = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('model'), name: entryId, runtime: entryId, model: entryId, hostPort }),
  z.strictObject({ role: z.literal('app'), name: entryId, app: entryId, usesModel: entryId, hostPort }),
])
export type SolutionService = z.infer<typeof solutionService>

export const solutionEntry = z.strictObject({
  kind: z.literal('solution'),
  ...common,
  services: z.array(solutionService).min(1).max(50).superRefine(checkServices),
})
export type SolutionEntry = z.infer<typeof solutionEntry>

/** Names become containers and host names, ports are the appliance's: each can be given once. */
function checkServices(services: readonly SolutionService[], context: z.RefinementCtx): void {
  const complain = (at: number, field: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [at, field], message })
  const before = (at: number) => services.slice(0, at)
  for (const [at, one] of services.entries()) {
    if (before(at).some((s) => s.name === one.name)) complain(at, 'name', `another service is named "${one.name}" too`)
    const holder = before(at).find((s) => s.hostPort === one.hostPort)
    if (holder !== undefined) complain(at, 'hostPort', `"${holder.name}" has port ${one.hostPort} already`)
    if (one.role === 'model' || services.some((s) => s.role === 'model' && s.name === one.usesModel)) continue
    complain(at, 'usesModel', `"${one.usesModel}" is no model service of this solution`)
  }
}

/** What `ID` and `VERSION_ID` of os-release say; no versions: any of them. */
const systemMatch = z.strictObject({
  id: printable(64).min(1),
  versions: z.array(printable(64).min(1)).max(50).optional(),
})

/** Packages of the system, for machines where what they provide is missing. */
export const hostPackageEntry = z.strictObject({
  kind: z.literal('host-package'),
  ...common,
  provides: z.array(z.enum(['container-engine@1', 'container-toolkit@1'])).min(1),
  match: z.strictObject({
    architecture: platform.shape.architecture,
    systems: z.array(systemMatch).min(1).max(50),
    /** Of a toolkit: whose accelerators it brings into containers. */
    vendor: vendor.optional(),
  }),
  ...hostPackageWays,
  arguments: hostPackageWays.arguments.default([]),
  removeArguments: hostPackageWays.removeArguments.default([]),
  hold: hostPackageWays.hold.default(false),
  rebootNeeded: hostPackageWays.rebootNeeded.default(false),
  packages: z
    .array(z.strictObject({ ...hostPackageParts, artifact: entryId }))
    .min(1)
    .max(30),
  /** Enabled and started when it is installed. */
  services: z.array(unitName).max(20).default([]),
  /** A runtime that the engine is told of when it is installed. */
  registers: z.strictObject(runtimeParts).optional(),
})
export type HostPackageEntry = z.infer<typeof hostPackageEntry>

export const entry = z.discriminatedUnion('kind', [runtimeEntry, modelEntry, appEntry, hostPackageEntry, solutionEntry])
export type Entry = z.infer<typeof entry>
