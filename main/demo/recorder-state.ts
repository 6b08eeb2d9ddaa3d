// The recorder of the simulated machine: the two files that a real one has, and when it was put there.
import { createHash } from 'node:crypto'
import { recorderRing, recorderScriptPath, recorderUnitPath } from '../../shared/domain/recorder.ts'
import type { Machine } from './machine.ts'

const sinceFile = `${recorderRing}/since`

/** What the step's question answers. */
export function recorderAnswer(machine: Machine): string {
  const unit = machine.state.files[recorderUnitPath]
  const script = recorderDigest(machine)
  const is = script === 'none' ? ['none', 'inactive'] : ['enabled', 'active']
  const head = `systemd there\nenabled ${is[0]}\nactive ${is[1]}\nscript ${script}`
  return unit === undefined ? `${head}\nunit none\n` : `${head}\nunit file\nunit-text\n${unit}`
}

/** sha256 of its script, or "none". */
export function recorderDigest({ state: { files } }: Machine): string {
  const script = files[recorderScriptPath]
  return script === undefined ? 'none' : createHash('sha256').update(script).digest('hex')
}

export function beginRecorder(machine: Machine, script: string, unit: string): void {
  machine.change(({ files }) => {
    Object.assign(files, { [recorderScriptPath]: script, [recorderUnitPath]: unit })
    files[sinceFile] ??= String(machine.nowMs())
  })
}

export function endRecorder(machine: Machine): void {
  machine.change(({ files }) => {
    for (const path of [recorderScriptPath, recorderUnitPath, sinceFile]) delete files[path]
  })
}

export function recorderSinceMs({ state: { files } }: Machine): number | undefined {
  const since = files[sinceFile]
  return since === undefined ? undefined : Number(since)
}
