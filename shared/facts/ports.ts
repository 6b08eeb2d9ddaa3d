// TCP ports that something listens on, so that a plan never takes a port that is in use. `ss` where
// it is there and works, else the kernel's own tables, which do not name the process.
import type { ListeningPort } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { boundedLines, wordsOf } from './lines.ts'
import { type Answers, answerText, type Probe } from './probe.ts'

const portsShell = `if command -v ss >/dev/null 2>&1; then echo 'from ss'; ss -Hltnp && exit 0; fi
echo 'from proc'
[ -r /proc/net/tcp ] || exit 1
grep -hs ' 0A ' /proc/net/tcp /proc/net/tcp6
exit 0`

export const portProbes: readonly Probe[] = [{ id: 'ports', shell: portsShell, deadlineSeconds: 10 }]

const portLimit = 4096

/** `privilege` decides what a missing process name means: root would have seen it. */
export function readPorts(answers: Answers, privilege: 'root' | 'login'): Reading<ListeningPort[]> {
  const text = answerText(answers, 'ports')
  return text.state === 'known' ? readPortText(text.value, privilege) : text
}

/** The lines after the last "from ss" or "from proc"; a line that does not fit makes all unreadable. */
export function readPortText(text: string, privilege: 'root' | 'login'): Reading<ListeningPort[]> {
  const lines = boundedLines(text).filter((line) => line.trim() !== '')
  const start = lines.findLastIndex((line) => line === 'from ss' || line === 'from proc')
  if (start < 0) return unreadable(`ports: ${evidence(text, 150)}`)
  const readRow = lines[start] === 'from ss' ? (line: string) => ssRow(line, privilege) : procRow
  const ports = new Map<string, ListeningPort>()
  for (const line of lines.slice(start + 1)) {
    const port = readRow(line)
    if (port === undefined) return unreadable(`ports: ${evidence(line, 150)}`)
    const name = port.process.state === 'known' ? port.process.value : ''
    ports.set(`${port.address} ${port.port} ${name}`, port)
    if (ports.size > portLimit) return unreadable(`more than ${portLimit} listening ports`)
  }
  return known([...ports.values()])
}

/** `LISTEN 0 128 127.0.0.1:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))` (ss(8), iproute2). */
function ssRow(line: string, privilege: 'root' | 'login'): ListeningPort | undefined {
  const words = wordsOf(line)
  const local = words[3] ?? ''
  const split = local.lastIndexOf(':')
  const address = local.slice(0, Math.max(0, split)).replace(/^\[(.*)\]/, '$1')
  const port = portNumber(local.slice(split + 1))
  if (words[0] !== 'LISTEN' || port === undefined || !/^[0-9a-zA-Z.:*%@_-]{1,80}$/.test(address)) return undefined
  const name = /users:\(\("([^"]{1,100})"/.exec(line)?.[1]
  if (name !== undefined) return { address, port, process: known(evidence(name, 100)) }
  return { address, port, process: privilege === 'root' ? absent : unreadable('not shown to this login') }
}

/** `0: 0100007F:1F90 00000000:0000 0A ...` (proc_net_tcp): hex in the byte order of the machine, port in hex. */
function procRow(line: string): ListeningPort | undefined {
  const [, local, , state] = wordsOf(line)
  const parts = /^([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})$/.exec(local ?? '')
  const port = portNumber(String(Number.parseInt(parts?.[2] ?? '', 16)))
  if (state !== '0A' || parts?.[1] === undefined || port === undefined) return undefined
  const bytes = (parts[1].match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse())
  const address = bytes.length === 4 ? bytes.map((byte) => Number.parseInt(byte, 16)).join('.') : shortIpv6(bytes)
  return { address, port, process: unreadable('ss is not there to name it') }
}

/** RFC 5952, as ss prints it: the longest run of two or more zero groups becomes "::". */
function shortIpv6(bytes: readonly string[]): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number.parseInt(`${bytes[2 * index]}${bytes[2 * index + 1]}`, 16),
  )
  let [longest, at] = [0, 0]
  for (let start = 0; start < 8; start += 1) {
    let length = 0
    while (groups[start + length] === 0) length += 1
    if (length > longest) [longest, at] = [length, start]
  }
  const hex = groups.map((group) => group.toString(16))
  return longest < 2 ? hex.join(':') : `${hex.slice(0, at).join(':')}::${hex.slice(at + longest).join(':')}`
}

function portNumber(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65_535 ? port : undefined
}
