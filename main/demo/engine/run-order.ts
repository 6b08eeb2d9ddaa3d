// Reads the words of `docker run` as the container step generates them. An option that it does not know fails,
// because a container that quietly lacks what it was given would be a wrong picture of a real one.
import type { SimulatedContainer } from '../machine-state.ts'
import { labelPairs } from './labels.ts'

export type RunOrder = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly network: string
  readonly alias: string
  /** 0, both: it publishes nothing. */
  readonly hostPort: number
  readonly containerPort: number
  readonly environment: Readonly<Record<string, string>>
  /** Whole paths on the machine that are mounted into it. */
  readonly mounted: readonly string[]
  /** Accelerators: the text of `--gpus`, and nodes. */
  readonly gpus: string
  readonly devices: readonly string[]
  /** Undefined: the engine's own. */
  readonly shmBytes: number | undefined
  readonly restartPolicy: RestartPolicy
  readonly image: string
  readonly arguments: readonly string[]
}

export type RestartPolicy = SimulatedContainer['restartPolicy']

export type OrderRead = { readonly order: RunOrder } | { readonly problem: string }

const switches: readonly string[] = ['--detach', '--read-only', '--privileged']
/** Each with its value in the next word. */
const options: readonly string[] = [
  ...['--pull', '--name', '--label', '--restart', '--log-driver', '--log-opt'],
  ...['--network', '--network-alias', '--publish', '--cap-drop', '--security-opt', '--tmpfs', '--gpus', '--runtime'],
  ...['--device', '--group-add', '--shm-size', '--cap-add', '--user', '--ipc'],
  ...['--health-cmd', '--health-interval', '--health-timeout', '--health-retries', '--health-start-period'],
  ...['--health-start-interval', '--mount', '--env', '--entrypoint'],
]

type Sorted = {
  readonly given: ReadonlyMap<string, readonly string[]>
  readonly image: string
  readonly arguments: readonly string[]
}

/** `words`: what follows `docker run`. */
export function readRunOrder(words: readonly string[]): OrderRead {
  const sorted = sortWords(words)
  if ('problem' in sorted) return sorted
  const { given, image } = sorted
  const one = (option: string): string => given.get(option)?.at(-1) ?? ''
  const published = given.has('--publish') ? /^127\.0\.0\.1:(\d+):(\d+)$/.exec(one('--publish')) : ['', '0', '0']
  const missing = ['--detach', '--name', '--network', '--network-alias'].find((option) => !given.has(option))
  if (missing !== undefined) return { problem: `the demo runs no container without ${missing}` }
  const restartPolicy = restartPolicyOf(given.get('--restart')?.at(-1) ?? 'no')
  if (restartPolicy === undefined) return { problem: `the demo knows no restart policy "${one('--restart')}"` }
  if (published === null) return { problem: `the demo cannot publish "${one('--publish')}"` }
  return {
    order: {
      name: one('--name'),
      labels: labelPairs(given.get('--label')),
      network: one('--network'),
      alias: one('--network-alias'),
      hostPort: Number(published[1]),
      containerPort: Number(published[2]),
      environment: labelPairs(given.get('--env')),
      mounted: (given.get('--mount') ?? [])
        .filter((mount) => !mount.startsWith('type=volume,'))
        .map((mount) => /(?:^|,)source=([^,]*)/.exec(mount)?.[1] ?? mount),
      gpus: one('--gpus'),
      devices: given.get('--device') ?? [],
      shmBytes: given.has('--shm-size') ? Number(one('--shm-size')) : undefined,
      restartPolicy,
      image,
      arguments: sorted.arguments,
    },
  }
}

export function restartPolicyOf(word: string): RestartPolicy | undefined {
  return word === 'always' || word === 'no' ? word : undefined
}

function sortWords(words: readonly string[]): Sorted | { problem: string } {
  const given = new Map<string, string[]>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-')) return { given, image: word, arguments: words.slice(at + 1) }
    const isSwitch = switches.includes(word)
    if (!isSwitch && !options.includes(word)) return { problem: `the demo does not know the option ${word}` }
    if (!isSwitch) at += 1
    const value = isSwitch ? '' : words[at]
    if (value === undefined) return { problem: `flag needs an argument: ${word}` }
    given.set(word, [...(given.get(word) ?? []), value])
  }
  return { problem: "'docker run' requires at least 1 argument" }
}
