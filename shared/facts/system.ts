// Identity, kernel, processor, memory and service manager of an appliance, from /proc, /etc and
// commands that every distribution has.
import type { Facts } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from './lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from './probe.ts'

type SystemFacts = Pick<
  Facts,
  'machineId' | 'hostname' | 'os' | 'kernel' | 'architecture' | 'cpu' | 'memory' | 'systemd'
>

// lscpu only where /proc/cpuinfo names no model: on Arm it does not.
const cpuShell = `[ -r /proc/cpuinfo ] || exit 127
lines=$(grep -E '^(processor|model name|CPU implementer|CPU part)' /proc/cpuinfo)
printf '%s\\n' "$lines"
case $lines in *'model name'*) ;; *) lscpu 2>/dev/null | grep '^Model name' ;; esac
exit 0`

// sd_booted(3): the folder exists if and only if systemd is PID 1.
const systemdShell = `[ -d /run/systemd/system ] || exit 127
systemctl --version`

export const systemProbes: readonly Probe[] = [
  {
    id: 'machine-id',
    shell: '[ -e /etc/machine-id ] || exit 127\nprint_file /etc/machine-id',
    deadlineSeconds: 5,
    group: filesGroup,
  },
  {
    id: 'uname',
    shell: 'print_file /proc/sys/kernel/hostname && print_file /proc/sys/kernel/osrelease && uname -m',
    deadlineSeconds: 5,
    group: filesGroup,
  },
  {
    id: 'os-release',
    shell: 'print_file /etc/os-release 2>/dev/null || print_file /usr/lib/os-release',
    deadlineSeconds: 5,
    group: filesGroup,
  },
  { id: 'cpu', shell: cpuShell, deadlineSeconds: 5, group: filesGroup },
  { id: 'memory', shell: 'print_file /proc/meminfo', deadlineSeconds: 5, group: filesGroup },
  { id: 'systemd', shell: systemdShell, deadlineSeconds: 5, group: filesGroup },
]

export function readSystem(answers: Answers): SystemFacts {
  const uname = answerText(answers, 'uname')
  return {
    machineId: read(answerText(answers, 'machine-id'), readMachineId),
    hostname: read(uname, (text) => unamePart(text, 0)),
    kernel: read(uname, (text) => unamePart(text, 1)),
    architecture: read(uname, readArchitecture),
    os: read(answerText(answers, 'os-release'), readOsRelease),
    cpu: read(answerText(answers, 'cpu'), readCpu),
    memory: readHostMemory(answers),
    systemd: read(answerText(answers, 'systemd'), readSystemd),
  }
}

export function readHostMemory(answers: Answers): SystemFacts['memory'] {
  return read(answerText(answers, 'memory'), readMemory)
}

/** Reads a known text; absent and unreadable pass. */
function read<T>(text: Reading<string>, reader: (text: string) => Reading<T>): Reading<T> {
  return text.state === 'known' ? reader(text.value) : text
}

/** machine-id(5): 32 hex digits; empty or "uninitialized" on an image that has not booted yet. */
export function readMachineId(text: string): Reading<string> {
  const id = text.trim().slice(0, 100)
  if (id === '' || id === 'uninitialized') return absent
  return /^[0-9a-f]{32}$/.test(id) ? known(id) : unreadable(`/etc/machine-id: ${evidence(id, 60)}`)
}

function unamePart(text: string, index: number): Reading<string> {
  const line = boundedLines(text)[index]?.trim() ?? ''
  return /^[\x21-\x7e]{1,255}$/.test(line) ? known(line) : unreadable(`uname: ${evidence(text, 100)}`)
}

const ociArchitectures = new Map([
  ['x86_64', 'amd64'],
  ['amd64', 'amd64'],
  ['aarch64', 'arm64'],
  ['arm64', 'arm64'],
])

function readArchitecture(text: string): Reading<string> {
  const machine = unamePart(text, 2)
  return machine.state === 'known' ? known(ociArchitectures.get(machine.value) ?? machine.value) : machine
}

/** os-release(5): shell assignments. ID defaults to "linux"; a rolling release has no VERSION_ID. */
function readOsRelease(text: string): Reading<{ id: string; versionId: string; prettyName: string }> {
  const fields = new Map<string, string>()
  for (const line of boundedLines(text).slice(0, 200)) {
    const split = line.indexOf('=')
    if (split > 0) fields.set(line.slice(0, split).trim(), unquoted(line.slice(split + 1).trim()))
  }
  const name = fields.get('PRETTY_NAME') ?? fields.get('NAME')
  if (name === undefined) return unreadable(`os-release: ${evidence(text, 100)}`)
  return known({ id: fields.get('ID') ?? 'linux', versionId: fields.get('VERSION_ID') ?? '', prettyName: name })
}

function unquoted(value: string): string {
  const quote = value[0]
  const inner =
    (quote === '"' || quote === "'") && value.endsWith(quote) && value.length > 1 ? value.slice(1, -1) : value
  return evidence(inner.replaceAll(/\\(.)/g, '$1'), 200)
}

/** /proc/cpuinfo and, on Arm, lscpu. Cores are the logical ones that are online. */
function readCpu(text: string): Reading<{ model: string; logicalCores: number }> {
  const lines = boundedLines(text)
  const logicalCores = lines.filter((line) => /^processor\s*:/.test(line)).length
  if (logicalCores === 0) return unreadable(`/proc/cpuinfo: ${evidence(text, 100)}`)
  const model = field(lines, 'model name') ?? field(lines, 'Model name') ?? armModel(lines) ?? 'unnamed'
  return known({ model, logicalCores })
}

function armModel(lines: readonly string[]): string | undefined {
  const implementer = field(lines, 'CPU implementer')
  const part = field(lines, 'CPU part')
  return implementer === undefined || part === undefined ? undefined : `Arm implementer ${implementer} part ${part}`
}

function field(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => one.startsWith(name) && /^\s*:/.test(one.slice(name.length)))
  const value = line === undefined ? '' : evidence(line.slice(line.indexOf(':') + 1), 200)
  return value === '' || value === '-' ? undefined : value
}

/** proc_meminfo(5): kB means KiB. MemAvailable is the kernel's own estimate (Linux 3.14 and later). */
function readMemory(text: string): Reading<{ totalBytes: number; availableBytes: number; swapTotalBytes: number }> {
  const lines = boundedLines(text)
  const totalBytes = memoryField(lines, 'MemTotal')
  const availableBytes = memoryField(lines, 'MemAvailable')
  const swapTotalBytes = memoryField(lines, 'SwapTotal')
  if (totalBytes === undefined || availableBytes === undefined || swapTotalBytes === undefined) {
    return unreadable(`/proc/meminfo: ${evidence(text, 100)}`)
  }
  return known({ totalBytes, availableBytes, swapTotalBytes })
}

/** Bytes of a line of /proc/meminfo. */
export function memoryField(lines: readonly string[], name: string): number | undefined {
  const [, amount, unit] = wordsOf(lines.find((line) => line.startsWith(`${name}:`)) ?? '')
  const kibibytes = unit === 'kB' && (amount?.length ?? 0) <= 12 ? wholeNumber(amount) : undefined
  return kibibytes === undefined ? undefined : kibibytes * 1024
}

function readSystemd(text: string): Reading<string> {
  const [name, version] = wordsOf(boundedLines(text)[0] ?? '')
  if (name !== 'systemd' || version === undefined) return unreadable(`systemctl --version: ${evidence(text, 100)}`)
  return known(evidence(version, 60))
}
