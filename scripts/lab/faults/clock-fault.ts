// An appliance whose clock is wrong. Its real one is the host's: what lies is `date`, by which scripts tell the time.
import { LabFailure } from '../lab-failure.ts'
import { mustRunInside } from '../machine/inside.ts'
import type { MachineRecord } from '../machine/machine-record.ts'

const program = '/usr/bin/date'
const aside = `${program}.rackside-lab-right`

export async function setClockOff(
  record: MachineRecord,
  how: 'fast' | 'slow',
  detail: string | undefined,
): Promise<string> {
  if (detail === undefined || !/^\d{1,10}$/.test(detail)) {
    throw new LabFailure('usage', 'clock takes seconds: fault NAME clock slow 3600')
  }
  const off = `${how === 'slow' ? '-' : '+'} ${detail}`
  const text = `#!/bin/sh\nexec ${aside} --date "@$(($(${aside} +%s) ${off}))" "$@"\n`
  const place = '[ -e "$1" ] || cp -a "$0" "$1"; printf %s "$2" >"$0.new"; chmod 755 "$0.new"; mv "$0.new" "$0"'
  await mustRunInside(record, ['sh', '-ec', place, program, aside, text])
  return `date is ${detail} s ${how}`
}

export async function restoreClock(record: MachineRecord): Promise<string> {
  await mustRunInside(record, ['sh', '-ec', 'if [ -e "$1" ]; then mv "$1" "$0"; fi', program, aside])
  return 'date is right'
}
