// Files of the simulated machine as commands of a step name them: artifacts, which are only known by their
// digest, and small text files.
import { artifactFileName, type ImageIdentity } from '../../../shared/domain/artifact.ts'
import { remoteArtifacts } from '../../../shared/domain/remote-layout.ts'
import type { Ended, Machine } from '../machine.ts'
import type { MachineState } from '../machine-state.ts'

export type HeldFile = { readonly bytes: number; readonly image?: ImageIdentity | undefined }

export function heldFile(state: MachineState, path: string): HeldFile | undefined {
  const artifact = state.artifacts[artifactAt(path) ?? '']
  if (artifact !== undefined) return artifact
  const text = state.files[path]
  return text === undefined ? undefined : { bytes: Buffer.byteLength(text) }
}

function artifactAt(path: string): string | undefined {
  const begins = `${remoteArtifacts}/${artifactFileName('')}`
  return path.startsWith(begins) ? path.slice(begins.length) : undefined
}

/** `rm --force`: what is not there is no failure. */
export function removeFile(machine: Machine, path: string): Ended {
  if (heldFile(machine.state, path) !== undefined) {
    machine.change((state) => {
      delete state.artifacts[artifactAt(path) ?? '']
      delete state.files[path]
    })
  }
  return { exitCode: 0, stdout: '', stderr: '' }
}
