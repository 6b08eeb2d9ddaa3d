// A container engine that exists only in memory: takes the words that Docker's CLI would get and keeps the
// rules that matter to a plan. A name is taken once, a missing container cannot be renamed or started.
import type { Command } from '../../shared/domain/command.ts'
import type { Container, Facts, Image } from '../../shared/domain/facts.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import { portLabel } from '../../shared/domain/remote-layout.ts'
import { readScriptHead } from '../../shared/domain/script-head.ts'

type Objects = Pick<Facts, 'containers' | 'images' | 'networks'>

export type PretendEngine = {
  /** Undefined when it worked, else what the CLI would print. */
  execute(command: Command): string | undefined
  objects(): Objects
  /** The power was gone: what restarts is started, in this order. */
  reboot(order: (found: Container[]) => Container[]): void
  /** Time passes: what was starting is healthy. */
  settle(): void
}

/** `plan` says which image comes out of which archive. */
export function pretendEngine(plan: Plan, found: Objects): PretendEngine {
  const containers = new Map(valuesOf(found.containers).map((one) => [one.name, { ...one }]))
  const images = new Map<string, Image>(valuesOf(found.images).map((one) => [one.id, one]))
  const networks = new Set(valuesOf(found.networks))
  /** Those that publish nothing, because they are in another network. */
  const beside = new Set<Container>()
  /** What is not in it restarts. */
  const policies = new Map<Container, string>()
  const archives = new Map(
    plan.steps.flatMap(({ spec }) => (spec.kind === 'image' ? [[spec.artifactSha256, spec.image] as const] : [])),
  )

  function load(file: string): string | undefined {
    const image = archives.get(file.slice(-64))
    if (image === undefined) return `open ${file}: no such file or directory`
    const { configDigest, platform } = image
    images.set(configDigest, { id: configDigest, architecture: platform.architecture, repoDigests: [] })
    return undefined
  }

  function create(words: readonly string[]): string | undefined {
    const optionOf = (option: string) => words[words.indexOf(option) + 1] ?? ''
    const name = optionOf('--name')
    if (containers.has(name)) return `Conflict. The container name "/${name}" is already in use`
    if (!networks.has(optionOf('--network'))) return `network ${optionOf('--network')} not found`
    const imageId = words.find((word) => images.has(word))
    if (imageId === undefined) return 'No such image'
    const labels = words.flatMap((word, at) => (words[at - 1] === '--label' ? [word] : []))
    const made = newContainer(name, imageId, labels)
    containers.set(name, made)
    policies.set(made, optionOf('--restart'))
    return undefined
  }

  function run(words: readonly string[]): string | undefined {
    return create(words) ?? start(words[words.indexOf('--name') + 1] ?? '')
  }

  /** Which network it is does not matter here: the deployment's is joined by a name there. */
  function network([verb = '', ...words]: readonly string[]): string | undefined {
    const last = words.at(-1) ?? ''
    if (verb === 'rm') return void networks.delete(last)
    if (verb === 'create') return void networks.add(last)
    if (verb === 'disconnect') return change(last, (found) => void beside.add(found))
    if (!words.includes('--alias')) return undefined
    return change(last, (found) => (found.state === 'running' && isTaken(found) ? taken : void beside.delete(found)))
  }

  /** What our own scripts do with the engine. */
  function script(words: readonly string[]): string | undefined {
    const [text = '', , first = '', second = ''] = words
    const block = readScriptHead(text)?.block
    if (block === 'stage') return void networks.add(second)
    if (block !== 'clear-stage') return undefined
    containers.delete(first)
    networks.delete(first)
    return undefined
  }

  const taken = 'port is already allocated'
  function isTaken(found: Container): boolean {
    const port = found.labels[portLabel]
    if (port === undefined || port === '') return false
    return [...containers.values()].some(
      (one) => one !== found && one.state === 'running' && !beside.has(one) && one.labels[portLabel] === port,
    )
  }

  function start(name: string): string | undefined {
    return change(name, (found) => {
      if (!beside.has(found) && isTaken(found)) return taken
      Object.assign(found, { state: 'running', health: 'starting' })
      return undefined
    })
  }

  function change(name: string, how: (found: Container) => string | undefined): string | undefined {
    const found = containers.get(name)
    return found === undefined ? `No such container: ${name}` : how(found)
  }

  function rename(from: string, to: string): string | undefined {
    if (containers.has(to)) return `Conflict. The container name "/${to}" is already in use`
    return change(from, (found) => {
      containers.delete(from)
      containers.set(to, Object.assign(found, { name: to }))
      return undefined
    })
  }

  /** Removes what does not run and has all the labels asked for. */
  function prune(words: readonly string[]): undefined {
    const labels = words.flatMap((word) => (word.startsWith('label=') ? [word.slice('label='.length).split('=')] : []))
    for (const one of containers.values()) {
      const meant = labels.every(([name = '', value]) => one.labels[name] === value)
      if (meant && one.state !== 'running') containers.delete(one.name)
    }
  }

  return {
    execute({ words: [program, verb = '', ...rest] }) {
      if (program === 'sh') return script(rest)
      if (program !== 'docker') return undefined
      const [first = '', second = ''] = rest
      const last = rest.at(-1) ?? ''
      if (verb === 'load') return load(last)
      if (verb === 'network') return network(rest)
      if (verb === 'create') return create(rest)
      if (verb === 'run') return run(rest)
      if (verb === 'start') return start(last)
      if (verb === 'stop')
        return change(last, (found) => void Object.assign(found, { state: 'exited', health: 'none' }))
      if (verb === 'update' && first === '--restart') return change(last, (found) => void policies.set(found, second))
      if (verb === 'rename') return rename(first, second)
      if (verb === 'container' && first === 'prune') return prune(rest)
      if (verb === 'rm') return void containers.delete(last)
      return `unknown command: ${verb}`
    },
    reboot(order) {
      const again = order([...containers.values()].filter((one) => one.state !== 'created'))
      for (const one of again) Object.assign(one, { state: 'exited', health: 'none' })
      for (const one of again) if (policies.get(one) !== 'no') start(one.name)
    },
    settle() {
      for (const one of containers.values()) if (one.health === 'starting') one.health = 'healthy'
    },
    objects: () => ({
      containers: { state: 'known', value: [...containers.values()].map((one) => ({ ...one })) },
      images: { state: 'known', value: [...images.values()] },
      networks: { state: 'known', value: [...networks] },
    }),
  }
}

function newContainer(name: string, imageId: string, labels: readonly string[]): Container {
  return {
    id: `made ${name}`,
    name,
    imageId,
    state: 'created',
    health: 'none',
    startedAt: '2026-11-20T08:01:00Z',
    restartCount: 0,
    labels: Object.fromEntries(labels.map((label) => label.split(/=(.*)/s).slice(0, 2))),
  }
}

function valuesOf<T>(reading: { state: string; value?: T[] }): T[] {
  return reading.value ?? []
}
