// The recorder of the simulated machine: the two files that a real one has, and when it was put there.
import { createHash } from 'node:crypto'
import {
  recorderAlertConfig,
  recorderRing,
  recorderScriptPath,
  recorderUnitPath,
} from '../../shared/domain/recorder.ts'
import type { Machine } from './machine.ts'

const sinceFile = `${recorderRing}/since`
const hostFile = `${recorderRing}/tells`

/** What the step's question answers. */
export function recorderAnswer(machine: Machine): string {
  const unit = machine.state.files[recorderUnitPath]
  const script = recorderDigest(machine)
  const is = script === 'none' ? ['none', 'inactive'] : ['enabled', 'active']
  const alert = machine.state.files[recorderAlertConfig] ?? 'none'
  const head = `systemd there\nenabled ${is[0]}\nactive ${is[1]}\nscript ${script}\nalert ${alert}\ncurl there`
  return unit === undefined ? `${head}\nunit none\n` : `${head}\nunit file\nunit-text\n${unit}`
}

/** sha256 of its script, or "none". */
export function recorderDigest({ state: { files } }: Machine): string {
  const script = files[recorderScriptPath]
  return script === undefined ? 'none' : digest(script)
}

/** `told`: what it says, the authority, the mark and the host; none where nobody is told. Nothing is ever sent. */
export function beginRecorder(machine: Machine, [script = '', unit = '', ...told]: readonly string[]): void {
  const [says, , mark = '', host = ''] = told
  machine.change(({ files }) => {
    Object.assign(files, { [recorderScriptPath]: script, [recorderUnitPath]: unit })
    for (const path of [recorderAlertConfig, hostFile]) delete files[path]
    if (says !== undefined) Object.assign(files, { [recorderAlertConfig]: `${mark} ${digest(says)}`, [hostFile]: host })
    files[sinceFile] ??= String(machine.nowMs())
  })
}

export function endRecorder(machine: Machine): void {
  machine.change(({ files }) => {
    for (const path of [recorderScriptPath, recorderUnitPath, sinceFile, recorderAlertConfig, hostFile])
      delete files[path]
  })
}

export function recorderSinceMs({ state: { files } }: Machine): number | undefined {
  const since = files[sinceFile]
  return since === undefined ? undefined : Number(since)
}

/** The host that it tells. */
export function recorderTells({ state: { files } }: Machine): string | undefined {
  return files[hostFile]
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
