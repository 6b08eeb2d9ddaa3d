// The addresses under which others reach the server: a way in can be opened at these and no others. Those that only itself
// reaches (scope host) and those of networks of containers are left out; one of the site that lies at lo is not.
import * as z from 'zod'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { boundedLines, wordsOf } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

const shell = `command -v ip >/dev/null 2>&1 || exit 127
ip -o addr show && echo end`

export const addressesProbe: Probe = { id: 'addresses', shell, deadlineSeconds: 5 }

const mostAddresses = 200
/** Names that Docker and Podman give. */
const ofContainers = /^(?:docker\d{1,3}|docker_gwbridge|br-[0-9a-f]{12}|veth.{1,20}|podman\d{1,3}|cni-.{1,20})$/
const ip = z.union([z.ipv4(), z.ipv6()])

/** Absent where the server has no `ip`. */
export function readAddresses(answers: Answers): Reading<string[]> {
  if (answers.get(addressesProbe.id)?.state === 'missing') return absent
  const text = answerText(answers, addressesProbe.id)
  if (text.state !== 'known') return text
  const lines = boundedLines(text.value).filter((line) => line.trim() !== '')
  if (lines.pop() !== 'end') return unreadable(`addresses: ${evidence(text.value, 150)}`)
  const found = new Set(lines.flatMap((line) => addressIn(line) ?? []))
  // A list that was cut would refuse addresses that are its own.
  if (found.size > mostAddresses) return unreadable(`addresses: more than ${mostAddresses}`)
  return known([...found])
}

/** "2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\ …" (ip-address(8)); undefined where it is no use. */
function addressIn(line: string): string | undefined {
  const [, device = '', family, place = ''] = wordsOf(line)
  const [name = ''] = device.split('@')
  if (ofContainers.test(name) || !(family === 'inet' || family === 'inet6') || / scope (?:link|host) /.test(line)) {
    return undefined
  }
  return ip.safeParse(place.split('/')[0]).data?.toLowerCase()
}
