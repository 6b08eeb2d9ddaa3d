// Faults that the NVIDIA kernel module wrote into the kernel's log ("Xid"): the only trace of a GPU that has fallen off
// the bus. The log is often closed to a login without root; then there is nothing to say, not "none".
import type { DeviceFault } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { xidClassOf, xidFaultCode } from '../../domain/nvidia-xid.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'

const lineLimit = 200

// The ring first: it is read in no time, and only what was written long ago is missing. `read` says that the whole of it
// came. The journal of a login that may not see the kernel's lines has none of them, without a word: so one is asked for.
const shell = `ring() { dmesg --time-format iso 2>/dev/null || dmesg 2>/dev/null; }
lines=$({ ring && echo read; } | grep -E 'NVRM: Xid|^read$' | tail -n ${lineLimit})
case $lines in *read) printf 'kernel log\\n%s\\n' "\${lines%read}"; exit 0 ;; esac
kernel() { journalctl --dmesg --quiet --no-pager --output short-iso "$@" 2>/dev/null; }
if [ -n "$(kernel --lines 1)" ]; then
  echo 'kernel log'
  kernel | grep 'NVRM: Xid' | tail -n ${lineLimit}
  exit 0
fi
echo 'neither dmesg nor the journal shows the kernel log to this login' >&2
exit 1`

export const xidProbe: Probe = {
  id: 'nvidia-xid',
  when: '[ -e /proc/driver/nvidia/version ]',
  shell,
  deadlineSeconds: 10,
}

/** Faults by slot ("0000:b3:00"), newest last; one for each code, with how often it was seen. */
export type Xids = ReadonlyMap<string, readonly DeviceFault[]>

/** Absent where no module is loaded that could have written. */
export function readXids(answers: Answers): Reading<Xids> {
  const text = answerText(answers, xidProbe.id)
  if (text.state !== 'known') return text.state === 'absent' ? absent : text
  const [head, ...lines] = boundedLines(text.value)
  if (head !== 'kernel log') return unreadable(`kernel log: ${evidence(text.value, 150)}`)
  const slots = new Map<string, Map<number, { text: string; count: number }>>()
  for (const line of lines) {
    const xid = xidOf(line)
    if (xid === undefined) continue
    const codes = slots.get(xid.slot) ?? new Map<number, { text: string; count: number }>()
    const count = (codes.get(xid.code)?.count ?? 0) + 1
    codes.delete(xid.code)
    codes.set(xid.code, { text: xid.text, count })
    slots.set(xid.slot, codes)
  }
  return known(new Map([...slots].map(([slot, codes]) => [slot, [...codes].map(([code, one]) => faultOf(code, one))])))
}

function faultOf(code: number, { text, count }: { text: string; count: number }): DeviceFault {
  const group = xidClassOf(code)
  return {
    code: xidFaultCode(code),
    text: count === 1 ? text : `${text} (${count} times)`,
    ...(group === undefined ? {} : { class: group }),
  }
}

/**
 * `NVRM: Xid (PCI:0000:b3:00.0): 79, pid=1, GPU has fallen off the bus.`; older modules leave out function or "PCI:". A
 * part of a GPU stands behind the slot: `(PCI:0000:b3:00 GPU-I:05)`.
 */
function xidOf(line: string): { slot: string; code: number; text: string } | undefined {
  const at = line.indexOf('NVRM: Xid')
  if (at < 0) return undefined
  const match =
    /^NVRM: Xid \((?:PCI:)?([0-9a-f]{4,8}):([0-9a-f]{2}):([0-9a-f]{2})(?:\.[0-7])?(?: GPU-I:\d{1,4})?\): (\d{1,4})\b,? ?(.*)$/i.exec(
      line.slice(at).trimEnd(),
    )
  const [, domain = '', bus = '', device = '', code = '', rest = ''] = match ?? []
  if (match === null) return undefined
  const slot = `${Number.parseInt(domain, 16).toString(16).padStart(4, '0')}:${bus}:${device}`.toLowerCase()
  const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.exec(line.slice(0, at))?.[0]
  return { slot, code: Number(code), text: evidence([time, rest].filter(Boolean).join(' '), 250) }
}
