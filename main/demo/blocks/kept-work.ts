// What is kept on the simulated machine about earlier runs, and the end of all of it.

import {
  remoteBackups,
  remoteBaseline,
  remoteImages,
  remoteLock,
  remoteMade,
  remoteModels,
  remoteRoot,
  remoteTasks,
  remoteVersions,
} from '../../../shared/domain/remote-layout.ts'
import { signInNotePath } from '../../../shared/domain/sign-in-note.ts'
import { runCommand } from '../engine/commands.ts'
import type { Machine } from '../machine.ts'
import type { Lock } from './run-work.ts'
import type { Workers } from './work.ts'

export function keptWorkers(
  machine: Machine,
  lock: Pick<Lock, 'held'>,
): Pick<
  Workers,
  | 'kept-probes'
  | 'probe-now'
  | 'kept'
  | 'baseline'
  | 'made-list'
  | 'gateway-key'
  | 'secret-value'
  | 'give-certificate'
  | 'made-times'
  | 'sign-in-changed'
  | 'published'
  | 'certificates'
  | 'farewell'
> {
  return {
    async kept({ write }) {
      const { files, artifacts } = machine.state
      const lines = Object.entries(files).flatMap(([path, text]) => {
        const word = wordFor(path)
        return word === undefined ? [] : [`${word} ${text.trimEnd()}`]
      })
      const isThere =
        Object.keys(artifacts).length > 0 || Object.keys(files).some((path) => isRackside(path) && !isData(path))
      const backups = Object.keys(files).some((path) => path.startsWith(`${remoteBackups}/`))
      // Which files a folder of weights links to is not known there: nothing of them is called spare.
      const holds = Object.keys(files).some((path) => path.startsWith(`${remoteModels}/`))
        ? [`holds ${remoteRoot}`]
        : []
      await write(
        [
          ...(isThere ? ['there'] : []),
          ...(backups ? ['backups'] : []),
          ...lines,
          ...holds,
          'settings none',
          'end',
          '',
        ].join('\n'),
      )
      return 0
    },
    async 'made-list'({ write }) {
      const { files } = machine.state
      const base64 = (text = '') => Buffer.from(text).toString('base64')
      for (const [path, spec] of Object.entries(files)) {
        const [, name] = madeNote.exec(path) ?? []
        if (name !== undefined) await write(`made ${base64(spec)} ${base64(files[`${name}.before.json`])}\n`)
      }
      return 0
    },
    async 'kept-probes'({ write }) {
      for (const [path, text] of Object.entries(machine.state.files)) {
        if (!path.startsWith(`${remoteTasks}/`) || !path.endsWith('.step')) continue
        await write(`step ${Buffer.from(text.trimEnd()).toString('base64')}\n`)
      }
      return 0
    },
    async 'probe-now'({ head: { commands }, write, complain, signal }) {
      if (lock.held) {
        await write(`held ${(machine.state.files[remoteLock] ?? '').trimEnd()}\n`)
        return 0
      }
      const { exitCode, stdout, stderr } = await runCommand(machine, commands[0] ?? [], signal)
      await write(stdout)
      complain(stderr)
      return exitCode
    },
    // No entry of the demo has any.
    'gateway-key': () => Promise.resolve(1),
    'give-certificate': () => Promise.resolve(1),
    'secret-value': () => Promise.resolve(1),
    'made-times': () => Promise.resolve(0),
    async 'sign-in-changed'({ head: { of, note } }) {
      machine.change(({ files }) => {
        files[signInNotePath(of)] = `${note}\n`
      })
      return 0
    },
    published: () => Promise.resolve(1),
    certificates: () => Promise.resolve(1),
    async baseline({ head: { text } }) {
      machine.change(({ files }) => {
        files[remoteBaseline] = `${text}\n`
      })
      return 0
    },
    async farewell({ head: { keepsData } }) {
      machine.change((state) => {
        state.artifacts = {}
        state.staged = {}
        state.files = Object.fromEntries(
          Object.entries(state.files).filter(([path]) => !isRackside(path) || (keepsData && isData(path))),
        )
      })
      return 0
    },
  }
}

const madeNote = new RegExp(`^(${remoteMade}/.*(?<!\\.before))\\.json$`)

/** What an uninstall leaves where data of services stay. */
function isData(path: string): boolean {
  const isJob = path.startsWith(`${remoteTasks}/`) && path.endsWith('.job')
  return isJob || path.startsWith(`${remoteBackups}/`) || path.startsWith(`${remoteMade}/volume.`)
}

function isRackside(path: string): boolean {
  return path.startsWith(`${remoteRoot}/`)
}

function wordFor(path: string): string | undefined {
  if (path.startsWith(`${remoteImages}/`)) return 'image'
  if (path.startsWith(`${remoteVersions}/`)) return 'version'
  return path === remoteBaseline ? 'baseline' : undefined
}
