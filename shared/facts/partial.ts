// Facts of this computer where it runs macOS or Windows, from what systeminformation answered. No script of ours runs
// there, so they are a part: everything that was not asked is unreadable, and so is what systeminformation makes of a
// question that failed there (an empty word, a 0, an empty list).
import * as z from 'zod'
import type { Facts, ListeningPort } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { type PartialPlatform, systemName } from '../domain/partial-platform.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import { controllersAnswer, partialReports } from './partial-accelerators.ts'

export type SystemCall = 'osInfo' | 'uuid' | 'cpu' | 'mem' | 'fsSize' | 'networkConnections' | 'graphics'

/** Of Windows no disk is asked for: what a setup fills are places of Linux. */
export function systemCallsOn(platform: PartialPlatform): readonly SystemCall[] {
  const everywhere = ['osInfo', 'uuid', 'cpu', 'mem', 'networkConnections', 'graphics'] as const
  return platform === 'darwin' ? [...everywhere, 'fsSize'] : everywhere
}

/** Known as it came; unreadable where a call failed, or did not answer in time. */
export type SystemAnswers = { readonly [C in SystemCall]?: Reading<unknown> }

export type PartOf = {
  readonly platform: PartialPlatform
  /** UTC, ISO 8601, console clock. */
  readonly takenAt: string
}

const osAnswer = z.object({
  ...{ distro: z.string(), release: z.string(), kernel: z.string(), arch: z.string(), hostname: z.string() },
})
const cpuAnswer = z.object({ manufacturer: z.string(), brand: z.string(), cores: z.int().positive() })
const memoryAnswer = z.object({
  total: z.int().positive(),
  ...{ available: z.int().nonnegative(), reclaimable: z.number(), swaptotal: z.number().nonnegative() },
})
const disksAnswer = z.array(
  z.object({ fs: z.string(), mount: z.string(), size: z.int().nonnegative(), available: z.int().nonnegative() }),
)
const socketsAnswer = z.array(z.object({ localAddress: z.string(), localPort: z.string(), state: z.string() }))

/** Total: every answer, also none, gives facts. */
export function partialFacts(answers: SystemAnswers, { platform, takenAt }: PartOf): Facts {
  const notRead = unreadable(`not read on ${systemName(platform)}`)
  const ask = <S extends z.ZodType, T>(call: SystemCall, shape: S, reader: (answer: z.infer<S>) => Reading<T>) =>
    read(answers[call] ?? notRead, call, shape, reader)
  const cpu = ask('cpu', cpuAnswer, readCpu)
  return {
    format: 1,
    partial: { platform },
    takenAt,
    privilege: 'login',
    machineId: ask('uuid', z.object({ os: z.string() }), ({ os }) => readMachineId(os)),
    hostname: ask('osInfo', osAnswer, ({ hostname }) => word(hostname, 'osInfo: no host name')),
    os: ask('osInfo', osAnswer, (os) => readOs(os, platform)),
    kernel: ask('osInfo', osAnswer, ({ kernel }) => word(kernel, 'osInfo: no kernel')),
    architecture: ask('osInfo', osAnswer, ({ arch }) => readArchitecture(arch, cpu)),
    cpu,
    memory: ask('mem', memoryAnswer, (memory) => readMemory(memory, platform)),
    spaces: ask('fsSize', disksAnswer, readSpaces),
    listeningPorts: ask('networkConnections', socketsAnswer, (sockets) => readPorts(sockets, notRead)),
    accelerators: partialReports(
      ask('graphics', controllersAnswer, (answer) => known(answer)),
      notRead,
    ),
    ...{ systemd: notRead, engine: notRead, podman: notRead },
    ...{ containers: notRead, images: notRead, networks: notRead },
    ...{ artifacts: notRead, staged: notRead, deployments: notRead },
    probes: [],
  }
}

function read<S extends z.ZodType, T>(
  answer: Reading<unknown>,
  call: SystemCall,
  shape: S,
  reader: (answer: z.infer<S>) => Reading<T>,
): Reading<T> {
  if (answer.state !== 'known') return answer
  const parsed = shape.safeParse(answer.value)
  if (parsed.success) return reader(parsed.data)
  const [issue] = parsed.error.issues
  return unreadable(`${call}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`)
}

function word(text: string, otherwise: string): Reading<string> {
  const clean = evidence(text, 200)
  return clean === '' ? unreadable(otherwise) : known(clean)
}

/** The hardware's own on macOS, that of the installation on Windows: both outlive a new name or address. */
function readMachineId(text: string): Reading<string> {
  const id = text.trim().toLowerCase()
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) && !/^[0-]+$/.test(id)
  return isUuid ? known(id) : unreadable(`uuid: ${evidence(id, 60)}`)
}

const osIds: { readonly [P in PartialPlatform]: string } = { darwin: 'macos', win32: 'windows' }

function readOs({ distro, release }: z.infer<typeof osAnswer>, platform: PartialPlatform): Facts['os'] {
  const name = evidence(distro, 150)
  const versionId = evidence(release, 40)
  // "unknown" is its word until something answered.
  if (name === '' || name === 'unknown') return unreadable('osInfo: no name of the system')
  // Windows has the version in its name, and a build number as release.
  const prettyName = platform === 'win32' || versionId === '' ? name : `${name} ${versionId}`
  return known({ id: osIds[platform], versionId, prettyName })
}

/** What it says is what this program was built for, which a processor of another kind may run in translation. */
function readArchitecture(arch: string, cpu: Facts['cpu']): Reading<string> {
  if (arch === 'arm64') return known('arm64')
  if (arch !== 'x64') return unreadable(`osInfo: this program is built for ${evidence(arch, 20)}`)
  if (cpu.state !== 'known') return unreadable('osInfo: this program is built for x64, the processor is not known')
  return known(/apple|qualcomm|snapdragon/i.test(cpu.value.model) ? 'arm64' : 'amd64')
}

function readCpu({ manufacturer, brand, cores }: z.infer<typeof cpuAnswer>): Facts['cpu'] {
  const name = evidence(brand, 150)
  if (name === '' || name === 'unknown') return unreadable('cpu: no name of the processor')
  const maker = evidence(manufacturer, 40)
  const model = name.toLowerCase().includes(maker.toLowerCase()) ? name : `${maker} ${name}`
  return known({ model, logicalCores: cores })
}

/** Without an answer of vm_stat what is free is taken for what is available, and no swap for swap that nobody told of. */
function readMemory(memory: z.infer<typeof memoryAnswer>, platform: PartialPlatform): Facts['memory'] {
  const { total: totalBytes, available: availableBytes, reclaimable, swaptotal } = memory
  if (platform === 'darwin' && reclaimable <= 0) return unreadable('mem: what is available is not told')
  if (availableBytes > totalBytes) return unreadable(`mem: ${availableBytes} of ${totalBytes} available`)
  return known({ totalBytes, availableBytes, ...(swaptotal > 0 ? { swapTotalBytes: Math.round(swaptotal) } : {}) })
}

function readSpaces(disks: z.infer<typeof disksAnswer>): Facts['spaces'] {
  const root = disks.find(({ mount, size }) => mount === '/' && size > 0)
  if (root === undefined) return unreadable('fsSize: no disk of /')
  const filesystem = evidence(root.fs, 200)
  return known({ root: { path: '/', filesystem, totalBytes: root.size, freeBytes: root.available } })
}

const mostPorts = 2000

/** None at all is no answer: the words of netstat are other ones in some languages. Whose they are is not told for certain. */
function readPorts(sockets: z.infer<typeof socketsAnswer>, process: Reading<never>): Facts['listeningPorts'] {
  const ports = new Map<string, ListeningPort>()
  for (const { localAddress, localPort, state } of sockets) {
    const port = /^\d{1,5}$/.test(localPort) ? Number(localPort) : 0
    const address = evidence(localAddress, 60)
    if (state !== 'LISTEN' || port < 1 || port > 65_535 || address === '') continue
    ports.set(`${address} ${port}`, { address, port, process })
  }
  if (ports.size === 0) return unreadable('networkConnections: no listening port among its answer')
  return known([...ports.values()].slice(0, mostPorts))
}
