// What Rackside put on the simulated machine, as its folder under /var/lib shows it.
import { artifactFileName } from '../../../shared/domain/artifact.ts'
import { remoteDeployments, remoteOwners, remoteTasks } from '../../../shared/domain/remote-layout.ts'
import { modelFolderAt } from '../../../shared/domain/weights-folder.ts'
import type { Machine } from '../machine.ts'
import type { Answered, AnswerTable } from '../probe-answer.ts'
import { hasOurFolder } from './spaces.ts'

export const installedAnswers: AnswerTable = {
  artifacts: (machine) =>
    listed(
      machine,
      Object.entries(machine.state.artifacts).map(([sha256, { bytes }]) => `${artifactFileName(sha256)} ${bytes}`),
    ),
  // It keeps no bytes that could be something else.
  checked: (machine) => listed(machine, Object.keys(machine.state.artifacts).map(artifactFileName)),
  models: (machine) =>
    listed(
      machine,
      Object.keys(machine.state.files).flatMap((path) => {
        const sha256 = modelFolderAt(path)
        return sha256 === undefined ? [] : [`${artifactFileName(sha256)} whole`]
      }),
    ),
  staged: (machine) =>
    listed(
      machine,
      Object.entries(machine.state.staged).map(
        ([sha256, { chunks }]) => `${artifactFileName(sha256)} ${Object.keys(chunks).length}`,
      ),
    ),
  deployments: (machine) => listed(machine, recordsIn(remoteDeployments, machine)),
  owners: (machine) => listed(machine, recordsIn(remoteOwners, machine)),
  tasks: (machine) => listed(machine, taskNotes(machine)),
  // No entry of the demo has any.
  secrets: (machine) => listed(machine, []),
  'service-files': (machine) => listed(machine, []),
  certificates: (machine) => listed(machine, []),
}

function listed(machine: Machine, lines: readonly string[]): Answered {
  if (!hasOurFolder(machine)) return { stdout: 'none\n' }
  return { stdout: [...[...lines].sort(), 'end'].map((line) => `${line}\n`).join('') }
}

/** At most this much of a record is read. */
const recordBytes = 8192

function recordsIn(folder: string, { state }: Machine): string[] {
  return Object.entries(state.files)
    .filter(([path]) => path.startsWith(`${folder}/`) && path.endsWith('.json'))
    .map(([, text]) => plainJson(text.slice(0, recordBytes).trimEnd()))
}

function taskNotes({ state }: Machine): string[] {
  return Object.entries(state.files)
    .filter(([path]) => path.startsWith(`${remoteTasks}/`) && /\.(?:job|probe)$/.test(path))
    .map(([, text]) => plainJson(text.trimEnd().replace(/,"output":"[^"]*"}$/, '}')))
}

/** The same JSON in ASCII: the frames of the demo carry nothing else. */
function plainJson(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
