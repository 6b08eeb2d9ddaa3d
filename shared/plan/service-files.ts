// The secrets and files of a service, and what its container gets of them. Files are put together from parts, so that a
// secret is only named here; what asks a gateway finds the key that the gateway accepts from it.
import {
  consumerKeyPrefix,
  type FileVariable,
  type ServiceConfiguration,
  secretOfVariable,
  signalOf,
  splitAtVariables,
} from '../domain/entry/configuration.ts'
import { consoleConsumer } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import type { ContainerSpec, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import {
  type FilePart,
  filesTarget,
  type SecretReference,
  type SecretToMake,
  serviceFolder,
} from '../domain/service-file.ts'
import { digestOf, type Hash } from './canonical.ts'
import type { UsedModel, WiredSite } from './choose/choose-services.ts'

/** Which generation of each secret is used, and which are accepted still. */
export type Secrets = {
  readonly current: (deployment: string, name: string) => SecretReference
  /** Of a key that a gateway gave out: the old ones first, the current one last. */
  readonly accepted: (gateway: string, name: string) => readonly SecretReference[]
  /** Keys that a gateway gave out to who asks it no more. */
  readonly left: (gateway: string, names: readonly string[]) => readonly SecretReference[]
}

export type Rotation = {
  /** Keys that gateways gave out, and passwords of ingresses, get a generation more, unless that was begun and not ended. */
  readonly rotates: boolean
  /** Of ingresses. */
  readonly passwords: readonly Pick<SecretReference, 'deployment' | 'name'>[]
}

export function secretsOf({ secrets }: Pick<Facts, 'secrets'>, { rotates, passwords }: Rotation): Secrets {
  const there = valueOr(secrets ?? { state: 'absent' }, [])
  const generations = (deployment: string, name: string): number[] =>
    there
      .filter((one) => one.deployment === deployment && one.name === name)
      .map(({ generation }) => generation)
      .sort((a, b) => a - b)
  const wanted = (deployment: string, name: string): number[] => {
    const found = generations(deployment, name)
    const last = found.at(-1)
    if (last === undefined) return [1]
    const isPassword = passwords.some((one) => one.deployment === deployment && one.name === name)
    const isRotated = rotates && (isPassword || name.startsWith(consumerKeyPrefix)) && found.length === 1
    return isRotated ? [last, last + 1] : found
  }
  const accepted = (deployment: string, name: string) =>
    wanted(deployment, name).map((generation) => ({ deployment, name, generation }))
  return {
    accepted,
    left: (gateway, names) =>
      there.filter(
        ({ deployment, name }) => deployment === gateway && name.startsWith(consumerKeyPrefix) && !names.includes(name),
      ),
    current: (deployment, name) => ({ deployment, name, generation: wanted(deployment, name).at(-1) ?? 1 }),
  }
}

/** What a configuration is filled in with. */
export type Wiring = {
  readonly deployment: string
  /** Whose secrets and keys it has, where they are another's: a part or a task has those of its service. */
  readonly secretsOf?: string
  /** Whom a gateway knows it as, where that is neither: a task has a key of its own. */
  readonly asksAs?: string
  readonly entry: { readonly id: string; readonly version: string } & Pick<ContainerSpec, 'settings'>
  readonly configuration: ServiceConfiguration
  readonly environment: Readonly<Record<string, string>>
  readonly variables: Readonly<Partial<Record<string, string>>>
  /** The model that it asks. */
  readonly uses: UsedModel | undefined
  /** Of a gateway: what it serves, and who asks it. */
  readonly models: readonly UsedModel[]
  readonly consumers: readonly string[]
  /** Of an ingress. */
  readonly sites: readonly (WiredSite & { readonly guarded: boolean })[]
  readonly password?: string | undefined
  /** The host port of a gateway that lists its models to whoever has a key. */
  readonly listsModelsAt?: number
}

type ServiceFile = Omit<StepSpecOf<'service-file'>, 'kind'> & { readonly name: string }

export type ServiceFiles = Pick<ContainerSpec, 'environment' | 'environmentFile'> & {
  readonly files: readonly ServiceFile[]
  /** Once nobody uses an old key any more; empty where there is none. */
  readonly lastFiles: readonly ServiceFile[]
  readonly mounts: ContainerSpec['mounts']
  readonly secrets: readonly SecretToMake[]
  readonly retired: readonly SecretReference[]
}

export function keyNameOf(consumer: string): string {
  return `${consumerKeyPrefix}${consumer}`
}

export function serviceFiles(wiring: Wiring, secrets: Secrets, sha256: Hash): ServiceFiles {
  const { deployment, entry, configuration } = wiring
  const { files, reload } = configuration
  const signal = signalOf(configuration)
  const keys = [consoleConsumer, ...wiring.consumers].map(keyNameOf)
  // Who is not told that its files changed cannot know two keys one after the other.
  const overlaps = reload !== undefined
  const all = (name: string) => secrets.accepted(deployment, name)
  const last = (name: string) => [secrets.current(deployment, name)]
  const written = (accepted: Filling['accepted']) =>
    files.map(({ name, parts }) => ({
      name,
      parts: merged(parts.flatMap((part) => eachPart(part, wiring, { secrets, accepted }))),
    }))
  const first = written(overlaps ? all : last)
  // What reads its files again keeps their folder; anything else finds those of its own version, also when it comes back.
  // Where it leads and what it asks for are its version too: the one before comes back with its own.
  const sites = wiring.sites.map(({ name, path, guarded }) => ({ name, path, guarded }))
  const version = { entry, ...(reload === undefined && { files: first }), ...(sites.length > 0 && { sites }) }
  const folder = `files-${short(version, sha256)}`
  const asFile =
    (refuses: readonly SecretReference[]) =>
    ({ name, parts }: (typeof first)[number]): ServiceFile => ({
      ...{ name, deployment, path: `${folder}/${name}`, parts },
      ...(signal !== undefined && { reload: signal }),
      ...(overlaps && namesKeys(parts, deployment) && opensBy(wiring, secrets, refuses)),
    })
  const isGateway = wiring.models.length > 0
  const given = isGateway ? keys : wiring.password === undefined ? [] : [wiring.password]
  const left = isGateway ? secrets.left(deployment, keys) : []
  const retired = [...given.flatMap((name) => all(name).slice(0, -1)), ...left]
  const { environment, environmentParts } = environmentOf(wiring, secrets)
  const environmentPath = `env-${short(environmentParts, sha256)}`
  const hasFile = environmentParts.length > 0
  const environmentFile = { name: 'environment', deployment, path: environmentPath, parts: environmentParts }
  const named = [...first.flatMap(({ parts }) => parts), ...environmentParts]
  return {
    environment,
    ...(hasFile && { environmentFile: `${serviceFolder(deployment)}/${environmentPath}` }),
    files: [...first.map(asFile([])), ...(hasFile ? [environmentFile] : [])],
    lastFiles: isGateway && retired.length > 0 && overlaps ? written(last).map(asFile(retired)) : [],
    mounts: files.length === 0 ? [] : [{ source: `${serviceFolder(deployment)}/${folder}`, target: filesTarget }],
    secrets: [
      ...named.flatMap((part) => ('secret' in part ? [toMake(part.secret, wiring)] : [])),
      ...(isGateway ? keys.flatMap(all) : []),
    ],
    retired,
  }
}

/** A secret of another service is made as that one says, with it. */
function toMake(secret: SecretReference, { deployment, secretsOf, configuration }: Wiring): SecretToMake {
  const { readable } = configuration.secrets.find(({ name }) => name === secret.name) ?? {}
  return secret.deployment === (secretsOf ?? deployment) && readable !== undefined ? { ...secret, readable } : secret
}

/** Files are written one after the other: a key opens once the file with the keys was read. */
function namesKeys(parts: readonly FilePart[], deployment: string): boolean {
  return parts.some(
    (part) =>
      'secret' in part && part.secret.deployment === deployment && part.secret.name.startsWith(consumerKeyPrefix),
  )
}

function opensBy(
  { deployment, listsModelsAt, consumers }: Wiring,
  secrets: Secrets,
  refuses: readonly SecretReference[],
): Pick<ServiceFile, 'opens'> {
  if (listsModelsAt === undefined) return {}
  const keys = [consoleConsumer, ...consumers].map((name) => secrets.current(deployment, keyNameOf(name)))
  return { opens: { hostPort: listsModelsAt, path: '/v1/models', keys, refuses: [...refuses] } }
}

function short(value: unknown, sha256: Hash): string {
  return digestOf(value, sha256).slice(0, 12)
}

type Filling = { readonly secrets: Secrets; readonly accepted: (name: string) => readonly SecretReference[] }

/** Once, or once for each model, each app or each key of a consumer. */
function eachPart(
  { each, between, text }: ServiceConfiguration['files'][number]['parts'][number],
  wiring: Wiring,
  { secrets, accepted }: Filling,
): FilePart[] {
  const common = (name: string) => commonPart(name, wiring, secrets)
  const fill = (own: Partial<Record<FileVariable, FilePart>>) =>
    splitAtVariables(text).map((piece, at) =>
      at % 2 === 0 ? { text: piece } : (own[piece as FileVariable] ?? common(piece)),
    )
  if (each === undefined) return fill({})
  const joined = (all: readonly FilePart[][]) =>
    all.flatMap((one, at) => (at > 0 && between !== undefined ? [{ text: between }, ...one] : one))
  if (each === 'models') {
    const filled = wiring.models.map(({ name, containerPort, modelName }) =>
      fill({
        'model.name': { text: modelName },
        'model.host': { text: name },
        'model.port': { text: String(containerPort) },
        'model.baseUrl': { text: baseUrl({ name, containerPort }) },
      }),
    )
    return joined(filled)
  }
  if (each === 'sites') {
    const filled = wiring.sites.map(({ name, path, containerPort, guarded }) =>
      fill({
        'site.name': { text: name },
        'site.path': { text: path },
        'site.host': { text: name },
        'site.port': { text: String(containerPort) },
        'site.guard': { text: guarded ? 'on' : 'off' },
      }),
    )
    return joined(filled)
  }
  const keys = [consoleConsumer, ...wiring.consumers].flatMap((name) =>
    accepted(keyNameOf(name)).map((secret) => ({ name, secret })),
  )
  return joined(keys.map(({ name, secret }) => fill({ 'consumer.name': { text: name }, 'consumer.key': { secret } })))
}

export function baseUrl({ name, containerPort }: Pick<UsedModel, 'name' | 'containerPort'>): string {
  return `http://${name}:${containerPort}/v1`
}

/** The schema lets no other variable pass. */
function commonPart(
  name: string,
  { deployment, secretsOf, asksAs, variables, uses }: Wiring,
  secrets: Secrets,
): FilePart {
  const own = secretOfVariable(name)
  const owner = secretsOf ?? deployment
  if (own !== undefined) return { secret: secrets.current(owner, own) }
  if (name !== 'needs.model.key') return { text: variables[name] ?? '' }
  // What wants no key gets one all the same: many clients refuse to start without.
  if (uses?.gateway === undefined) return { text: 'none' }
  return { secret: secrets.current(uses.gateway, keyNameOf(asksAs ?? owner)) }
}

/** Of the variables those with secrets in them go by a file that only root reads. */
function environmentOf(wiring: Wiring, secrets: Secrets) {
  const environment: Record<string, string> = {}
  const environmentParts: FilePart[] = []
  for (const [name, word] of Object.entries(wiring.environment)) {
    const parts = merged(
      word
        .split(/\{([^{}]*)\}/)
        .map((piece, at) => (at % 2 === 0 ? { text: piece } : commonPart(piece, wiring, secrets))),
    )
    const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []))
    if (texts.length === parts.length) environment[name] = texts.join('')
    else environmentParts.push({ text: `${name}=` }, ...parts, { text: '\n' })
  }
  return { environment, environmentParts: merged(environmentParts) }
}

/** Texts that follow each other are one, and empty ones none. */
function merged(parts: readonly FilePart[]): FilePart[] {
  const all: FilePart[] = []
  for (const part of parts) {
    const before = all.at(-1)
    if ('secret' in part || before === undefined || 'secret' in before) all.push(part)
    else all[all.length - 1] = { text: before.text + part.text }
  }
  return all.filter((part) => 'secret' in part || part.text !== '')
}
