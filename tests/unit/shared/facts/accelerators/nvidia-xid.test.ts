// The kernel log of an appliance, by whichever way the login may read it: faults, none, or "cannot be told".
import { spawnSync } from 'node:child_process'
import { afterEach, describe, expect, it } from 'vitest'
import { readXids, xidProbe } from '../../../../../shared/facts/accelerators/nvidia-xid.ts'
import { answer, compact } from '../recorded.ts'
import { makePlace, type Place } from '../shells.ts'

const places: Place[] = []
afterEach(() => {
  for (const place of places.splice(0)) place.remove()
})

/** Of the probe on a machine with these two commands. */
function asked(dmesg: string, journalctl: string) {
  const place = makePlace()
  places.push(place)
  place.addTool('dmesg', dmesg)
  place.addTool('journalctl', journalctl)
  const env = { PATH: `${place.tools}:/usr/bin:/bin`, LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync('sh', ['-c', xidProbe.shell], { env, encoding: 'utf8' })
  return answer(xidProbe.id, stdout, { stderr, exitCode: { state: 'known', value: status ?? -1 } })
}

function faultsOf(one: ReturnType<typeof asked>) {
  const xids = readXids(new Map([[one.id, one]]))
  return compact(xids.state === 'known' ? Object.fromEntries(xids.value) : xids)
}

const line = 'NVRM: Xid (PCI:0000:b3:00): 79, pid=7, GPU has fallen off the bus.'
const closed = 'echo "dmesg: read kernel buffer failed: Operation not permitted" >&2; exit 1'

describe('the kernel log', () => {
  it('is read from the ring where the login may', () => {
    expect(faultsOf(asked(`echo '[ 12.3] ${line}'; echo '[ 13.0] usb 1-1: new device'`, 'exit 9'))).toEqual({
      '0000:b3:00': [{ code: 'Xid 79', text: 'pid=7, GPU has fallen off the bus.', class: 'bus' }],
    })
  })

  it('is read from a dmesg that knows no time format', () => {
    const busybox = `[ $# -eq 0 ] || exit 1; echo '[ 12.3] ${line}'`
    expect(Object.keys(faultsOf(asked(busybox, 'exit 9')) as object)).toEqual(['0000:b3:00'])
  })

  it('is read from the journal where the ring is closed', () => {
    const journal = `echo '2026-11-24T19:02:41+0000 name kernel: ${line}'`
    expect(faultsOf(asked(closed, journal))).toEqual({
      '0000:b3:00': [{ code: 'Xid 79', text: '2026-11-24T19:02:41 pid=7, GPU has fallen off the bus.', class: 'bus' }],
    })
  })

  it('without a fault has none, by either way', () => {
    expect(faultsOf(asked("echo '[ 1.0] Linux version 6.8'", 'exit 9'))).toEqual({})
    expect(faultsOf(asked(closed, "echo '2026-11-24T19:02:41+0000 name kernel: Linux version 6.8'"))).toEqual({})
  })

  it('that the login may not see says so, and not that there are none', () => {
    const silent = 'echo "No journal files were opened due to insufficient permissions." >&2; exit 1'
    for (const journal of [silent, 'exit 0'])
      expect(faultsOf(asked(closed, journal))).toMatch(/^\(unreadable\) neither dmesg nor the journal/)
  })

  it.each([
    ['an older module', 'NVRM: Xid (0000:b3:00): 43, Ch 00000010', '0000:b3:00', 'Xid 43', 'application'],
    [
      'a function and a wide domain',
      'NVRM: Xid (PCI:0000000F:01:00.0): 119, pid=1',
      '000f:01:00',
      'Xid 119',
      'timeout',
    ],
    ['a part of a GPU', 'NVRM: Xid (PCI:0000:b3:00 GPU-I:05): 94, pid=7194', '0000:b3:00', 'Xid 94', 'memory'],
    ['a code of no list', 'NVRM: Xid (PCI:0000:b3:00): 999, later', '0000:b3:00', 'Xid 999', undefined],
  ])('of %s is understood', (_what, text, slot, code, group) => {
    const xids = readXids(new Map([[xidProbe.id, answer(xidProbe.id, `kernel log\n[ 1.0] ${text}\n`)]]))
    const [fault] = xids.state === 'known' ? (xids.value.get(slot) ?? []) : []
    expect([fault?.code, fault?.class]).toEqual([code, group])
  })
})
