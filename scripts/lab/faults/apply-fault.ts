// `fault NAME WHAT HOW`: what can break on a real site, on demand and with an undo. Each fault is said in
// one sentence when it is set, and setting it twice changes nothing.
import { LabFailure } from '../lab-failure.ts'
import { isRunning, type MachineRecord } from '../machine/machine-record.ts'
import { cutLink, cutLinkAfter, restoreLink } from '../machine/network.ts'
import { restoreClock, setClockOff } from './clock-fault.ts'
import { breakDocker, killDocker, restoreDocker } from './docker-fault.ts'
import { restoreSpeed, slowLink } from './slow-link.ts'
import { fillDisk, restoreDisk } from './small-disk.ts'
import { freezeSshd, isSshdFault, restoreSshd, restrictSshd } from './sshd-fault.ts'
import { hideSystemd, showSystemd } from './systemd-fault.ts'
import { breakTools, isToolFault, restoreTools } from './tools-fault.ts'

/** Returns one sentence about what holds now. */
export async function applyFault(record: MachineRecord, words: readonly string[]): Promise<string> {
  const [what = '', how = '', detail, manner] = words
  // The link is broken outside the appliance, so that works while it is off too.
  if (what === 'cut' && how === 'after') return cutAfter(record, detail, manner)
  if (what === 'cut') return cut(record)
  if (what === 'uncut') return uncut(record)
  if (!(await isRunning(record))) {
    throw new LabFailure('appliance-stopped', `${record.name} is off: npm run lab -- boot ${record.name}`)
  }
  switch (`${what} ${how}`) {
    case 'disk full':
      return fillDisk(record, detail ?? '/var/lib/rackside', manner)
    case 'disk undo':
      return restoreDisk(record)
    case 'sshd frozen':
      return freezeSshd(record)
    case 'sshd undo':
      return restoreSshd(record)
    case 'tools undo':
      return restoreTools(record)
    case 'slow to':
      return slowLink(record, detail)
    case 'slow undo':
      return restoreSpeed(record)
    case 'docker gone':
      return breakDocker(record)
    case 'docker killed':
      return killDocker(record)
    case 'clock fast':
    case 'clock slow':
      return setClockOff(record, how === 'slow' ? 'slow' : 'fast', detail)
    case 'clock undo':
      return restoreClock(record)
    case 'docker undo':
      return restoreDocker(record)
    case 'systemd gone':
      return hideSystemd(record)
    case 'systemd undo':
      return showSystemd(record)
    default:
      if (what === 'sshd' && isSshdFault(how)) return restrictSshd(record, how)
      if (what === 'tools' && isToolFault(how)) return breakTools(record, how, detail)
      throw new LabFailure('usage', `there is no fault "${words.join(' ')}": npm run lab -- help lists them`)
  }
}

async function cut(record: MachineRecord): Promise<string> {
  await cutLink(record.address)
  return `every packet to and from ${record.address} is dropped`
}

async function cutAfter(
  record: MachineRecord,
  detail: string | undefined,
  manner: string | undefined,
): Promise<string> {
  const bytes = detail !== undefined && /^\d{1,12}$/.test(detail) ? Number(detail) : -1
  const silently = manner === 'silently'
  if (bytes < 0 || (manner !== undefined && !silently)) {
    throw new LabFailure('usage', 'cut after takes bytes: fault NAME cut after 100000 [silently]')
  }
  await cutLinkAfter(record.address, bytes, silently ? 'silence' : 'reset')
  return `each connection to ${record.address} ends after ${bytes} bytes`
}

async function uncut(record: MachineRecord): Promise<string> {
  await restoreLink(record.address)
  return `packets to and from ${record.address} pass`
}
