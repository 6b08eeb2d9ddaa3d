// What only a service can say: whether a server of the time keeps the clock right, and which units of systemd run. A
// probe of its own, since a bus that hangs must not take the answers of plain files along.
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { Stack } from '../domain/stack.ts'
import { boundedLines, wholeNumber } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

const units = [
  'docker.service containerd.service nvidia-fabricmanager.service nvidia-persistenced.service',
  'unattended-upgrades.service',
].join(' ')

// The cheapest answer first: timedatectl starts a service of its own. Before systemd 239 it has no `show`.
const shell = `echo "now $(date +%s)"
if [ -e /run/systemd/timesync/synchronized ]; then
  echo NTPSynchronized=yes
elif ! { command -v chronyc >/dev/null 2>&1 && chronyc -n tracking 2>/dev/null; } && [ -d /run/systemd/system ]; then
  timedatectl show -p NTPSynchronized 2>/dev/null || timedatectl status 2>/dev/null
fi
if [ -d /run/systemd/system ]; then
  echo units
  systemctl show -p Id -p LoadState -p ActiveState -p UnitFileState ${units}
fi
echo end`

export const hostServicesProbe: Probe = { id: 'host-services', shell, deadlineSeconds: 6 }

/** `clockSynchronised` is absent where nothing is installed that would know, `services` without systemd. Total. */
export function readHostServices(answers: Answers): Pick<Stack, 'clockSynchronised' | 'clockSeconds' | 'services'> {
  const text = answerText(answers, hostServicesProbe.id)
  if (text.state !== 'known') return { clockSynchronised: text, clockSeconds: text, services: text }
  const lines = boundedLines(text.value)
  if (!lines.includes('end')) {
    const cut = unreadable(`host-services: ${evidence(text.value, 150)}`)
    return { clockSynchronised: cut, clockSeconds: cut, services: cut }
  }
  const unitsAt = lines.indexOf('units')
  const clockLines = lines.slice(0, unitsAt < 0 ? lines.indexOf('end') : unitsAt)
  const seconds = wholeNumber(clockLines.flatMap((line) => /^now (\d{1,12})$/.exec(line)?.[1] ?? [])[0])
  return {
    clockSynchronised: synchronisedOf(clockLines),
    clockSeconds: seconds === undefined ? unreadable('date did not say it') : known(seconds),
    services: unitsAt < 0 ? absent : servicesOf(lines.slice(unitsAt + 1)),
  }
}

function synchronisedOf(lines: readonly string[]): Reading<boolean> {
  for (const line of lines) {
    const word = /^(?:NTPSynchronized=|\s{0,30}(?:NTP|System clock) synchronized:\s{0,10})(yes|no)\s*$/.exec(line)?.[1]
    if (word !== undefined) return known(word === 'yes')
    const leap = /^Leap status\s{0,20}:\s{0,10}(\S.{0,40})$/.exec(line)?.[1]
    if (leap !== undefined) return known(!/^not sync/i.test(leap))
  }
  return lines.filter((line) => line.trim() !== '').length > 1 ? unreadable('the answer has another shape') : absent
}

/** `systemctl show` of several units: blocks of NAME=VALUE with an empty line between, in an order of its own. */
function servicesOf(lines: readonly string[]): Stack['services'] {
  const services: { name: string; active: string; starts: string }[] = []
  let block = new Map<string, string>()
  let units = 0
  for (const line of lines) {
    if (line.trim() !== '' && line !== 'end') {
      const at = line.indexOf('=')
      if (at > 0) block.set(line.slice(0, at), evidence(line.slice(at + 1), 100))
      continue
    }
    const [name, active, load] = ['Id', 'ActiveState', 'LoadState'].map((key) => block.get(key))
    if (name !== undefined) units += 1
    if (name !== undefined && active !== undefined && load !== 'not-found') {
      services.push({ name: name.replace(/\.service$/, ''), active, starts: block.get('UnitFileState') ?? '' })
    }
    block = new Map()
  }
  return units > 0 ? known(services.slice(0, 40)) : unreadable(`systemctl: ${evidence(lines.join(' '), 150)}`)
}
