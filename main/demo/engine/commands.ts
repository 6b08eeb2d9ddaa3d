// Carries out the commands of a step on the simulated machine. The words are exactly those that the product
// generates; any others fail loudly, so that nothing seems to have been done that was not.
import type { Ended, Machine } from '../machine.ts'
import { createContainer, joinNetwork, leaveNetwork } from './beside.ts'
import {
  killCommand,
  logsCommand,
  pruneCommand,
  removeCommand,
  renameCommand,
  restartPolicyCommand,
  runContainer,
  startCommand,
  stopCommand,
} from './container-commands.ts'
import { runContainerScript } from './container-scripts.ts'
import { interrupted, unknownCommand } from './ended.ts'
import { removeFile } from './files.ts'
import { loadImage, removeImage } from './image-load.ts'
import { inspectCommand } from './inspect.ts'
import { createNetwork, removeNetwork } from './networks.ts'
import { createVolume } from './volumes.ts'

type Setting = { readonly machine: Machine; readonly signal: AbortSignal | undefined }
type Known = {
  readonly begins: string
  /** How many words follow; undefined: as many as there are. */
  readonly operands?: number
  /** Undefined: these words are not understood after all. */
  act(setting: Setting, operands: readonly string[]): Ended | undefined | Promise<Ended | undefined>
}

const known: readonly Known[] = [
  {
    begins: 'docker load --quiet --input',
    operands: 1,
    act: ({ machine, signal }, [path = '']) => loadImage(machine, path, signal),
  },
  { begins: 'docker run', act: ({ machine }, words) => runContainer(machine, words) },
  { begins: 'docker create', act: ({ machine }, words) => createContainer(machine, words) },
  { begins: 'docker start', operands: 1, act: ({ machine }, [name = '']) => startCommand(machine, name) },
  { begins: 'docker stop', operands: 1, act: ({ machine }, [name = '']) => stopCommand(machine, name) },
  { begins: 'docker kill', operands: 1, act: ({ machine }, [name = '']) => killCommand(machine, name) },
  {
    begins: 'docker update --restart',
    operands: 2,
    act: ({ machine }, [policy = '', name = '']) => restartPolicyCommand(machine, policy, name),
  },
  {
    begins: 'docker rename',
    operands: 2,
    act: ({ machine }, [from = '', to = '']) => renameCommand(machine, from, to),
  },
  {
    begins: 'docker rm --force --volumes',
    operands: 1,
    act: ({ machine }, [name = '']) => removeCommand(machine, name),
  },
  { begins: 'docker rm --force', operands: 1, act: ({ machine }, [name = '']) => removeCommand(machine, name) },
  { begins: 'docker container prune --force', act: ({ machine }, words) => prune(machine, words) },
  { begins: 'docker volume create', act: ({ machine }, words) => createVolume(machine, words) },
  { begins: 'docker network create', act: ({ machine }, words) => createNetwork(machine, words) },
  {
    begins: 'docker network disconnect',
    operands: 2,
    act: ({ machine }, [, name = '']) => leaveNetwork(machine, name),
  },
  {
    begins: 'docker network connect --alias',
    operands: 3,
    act: ({ machine }, [, network = '', name = '']) => joinNetwork(machine, network, name),
  },
  {
    begins: 'docker network connect',
    operands: 2,
    act: ({ machine }, [network = '', name = '']) => joinNetwork(machine, network, name),
  },
  { begins: 'docker network rm', operands: 1, act: ({ machine }, [name = '']) => removeNetwork(machine, name) },
  { begins: 'docker image rm', operands: 1, act: ({ machine }, [id = '']) => removeImage(machine, id) },
  { begins: 'docker inspect', operands: 1, act: ({ machine }, [name = '']) => inspectCommand(machine, name) },
  {
    begins: 'docker logs --tail',
    operands: 2,
    act: ({ machine }, [lines = '', name = '']) => logs(machine, lines, name),
  },
  { begins: 'rm --force', operands: 1, act: ({ machine }, [path = '']) => removeFile(machine, path) },
  { begins: 'sh -c', act: ({ machine, signal }, words) => runContainerScript(machine, words, signal) },
]

/** Never throws for what a command says or does. With `signal` aborted it does nothing more and ends with 143. */
export async function runCommand(machine: Machine, words: readonly string[], signal?: AbortSignal): Promise<Ended> {
  if (signal?.aborted) return interrupted
  for (const { begins, operands, act } of known) {
    const prefix = begins.split(' ')
    const rest = words.slice(prefix.length)
    if (!prefix.every((word, at) => words[at] === word)) continue
    // An option in an operand's place is one that the demo was not taught.
    const fits = operands === undefined || (rest.length === operands && !rest.some((word) => word.startsWith('-')))
    return (fits ? await act({ machine, signal }, rest) : undefined) ?? unknownCommand(words)
  }
  return unknownCommand(words)
}

function prune(machine: Machine, words: readonly string[]): Ended | undefined {
  const filters = words.filter((_, at) => at % 2 === 1).map((word) => /^label=(.+)$/.exec(word)?.[1])
  const isFilter = words.length % 2 === 0 && words.every((word, at) => at % 2 === 1 || word === '--filter')
  if (!isFilter || !filters.every((one) => one !== undefined)) return undefined
  return pruneCommand(machine, filters)
}

function logs(machine: Machine, lines: string, name: string): Ended | undefined {
  return /^\d+$/.test(lines) ? logsCommand(machine, Number(lines), name) : undefined
}
