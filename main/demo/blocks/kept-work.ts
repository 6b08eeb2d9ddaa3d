// What is kept on the simulated machine about earlier runs, and the end of all of it.
import { remoteBaseline, remoteImages, remoteRoot, remoteVersions } from '../../../shared/domain/remote-layout.ts'
import type { Machine } from '../machine.ts'
import type { Workers } from './work.ts'

export function keptWorkers(machine: Machine): Pick<Workers, 'kept' | 'baseline' | 'made-list' | 'farewell'> {
  return {
    async kept({ write }) {
      const { files, artifacts } = machine.state
      const lines = Object.entries(files).flatMap(([path, text]) => {
        const word = wordFor(path)
        return word === undefined ? [] : [`${word} ${text.trimEnd()}`]
      })
      const isThere = Object.keys(artifacts).length > 0 || Object.keys(files).some(isRackside)
      await write([...(isThere ? ['there'] : []), ...lines, 'settings none', 'end', ''].join('\n'))
      return 0
    },
    // Nothing of the system itself is ever changed there.
    'made-list': async () => 0,
    async baseline({ head: { text } }) {
      machine.change(({ files }) => {
        files[remoteBaseline] = `${text}\n`
      })
      return 0
    },
    async farewell() {
      machine.change((state) => {
        state.artifacts = {}
        state.staged = {}
        state.files = Object.fromEntries(Object.entries(state.files).filter(([path]) => !isRackside(path)))
      })
      return 0
    },
  }
}

function isRackside(path: string): boolean {
  return path.startsWith(`${remoteRoot}/`)
}

function wordFor(path: string): string | undefined {
  if (path.startsWith(`${remoteImages}/`)) return 'image'
  if (path.startsWith(`${remoteVersions}/`)) return 'version'
  return path === remoteBaseline ? 'baseline' : undefined
}
