// A container engine that exists only in memory: takes the words that Docker's CLI would get and keeps the
// rules that matter to a plan. A name is taken once, a missing container cannot be renamed or started.
import type { Command } from '../../shared/domain/command.ts'
import type { Container, Facts, Image } from '../../shared/domain/facts.ts'
import type { Plan } from '../../shared/domain/plan.ts'

type Objects = Pick<Facts, 'containers' | 'images' | 'networks'>

export type PretendEngine = {
  /** Undefined when it worked, else what the CLI would print. */
  execute(command: Command): string | undefined
  objects(): Objects
  /** Time passes: what was starting is healthy. */
  settle(): void
}

/** `plan` says which image comes out of which archive. */
export function pretendEngine(plan: Plan, start: Objects): PretendEngine {
  const containers = new Map(valuesOf(start.containers).map((one) => [one.name, { ...one }]))
  const images = new Map<string, Image>(valuesOf(start.images).map((one) => [one.id, one]))
  const networks = new Set(valuesOf(start.networks))
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

  function run(words: readonly string[]): string | undefined {
    const optionOf = (option: string) => words[words.indexOf(option) + 1] ?? ''
    const name = optionOf('--name')
    if (containers.has(name)) return `Conflict. The container name "/${name}" is already in use`
    if (!networks.has(optionOf('--network'))) return `network ${optionOf('--network')} not found`
    const imageId = words.find((word) => images.has(word))
    if (imageId === undefined) return 'No such image'
    const labels = words.flatMap((word, at) => (words[at - 1] === '--label' ? [word] : []))
    containers.set(name, newContainer(name, imageId, labels))
    return undefined
  }

  function change(name: string, how: (found: Container) => void): string | undefined {
    const found = containers.get(name)
    if (found === undefined) return `No such container: ${name}`
    how(found)
    return undefined
  }

  function rename(from: string, to: string): string | undefined {
    if (containers.has(to)) return `Conflict. The container name "/${to}" is already in use`
    return change(from, (found) => {
      containers.delete(from)
      containers.set(to, { ...found, name: to })
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
      if (program !== 'docker') return undefined
      const [first = '', second = ''] = rest
      const last = rest.at(-1) ?? ''
      if (verb === 'load') return load(last)
      if (verb === 'network') return first === 'rm' ? void networks.delete(last) : void networks.add(last)
      if (verb === 'run') return run(rest)
      if (verb === 'start')
        return change(last, (found) => Object.assign(found, { state: 'running', health: 'starting' }))
      if (verb === 'stop') return change(last, (found) => Object.assign(found, { state: 'exited', health: 'none' }))
      if (verb === 'rename') return rename(first, second)
      if (verb === 'container' && first === 'prune') return prune(rest)
      if (verb === 'rm') return void containers.delete(last)
      return `unknown command: ${verb}`
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
    state: 'running',
    health: 'starting',
    startedAt: '2026-11-20T08:01:00Z',
    restartCount: 0,
    labels: Object.fromEntries(labels.map((label) => label.split(/=(.*)/s).slice(0, 2))),
  }
}

function valuesOf<T>(reading: { state: string; value?: T[] }): T[] {
  return reading.value ?? []
}
