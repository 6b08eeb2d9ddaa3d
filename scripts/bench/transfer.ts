// An artifact's way to an appliance of the lab beside scp, sftp and rsync, each as it comes: as fast as this machine can,
// over 200 Mbit/s, and over a long way that gives each connection 40 Mbit/s. Rackside's time has everything in it from
// the first connection to the checked file on the appliance's disk; the others neither check nor wait for the disk.
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trustHostKey } from '../../main/core/access/host-keys.ts'
import type { Opening } from '../../main/core/access/opening.ts'
import type { Core } from '../../main/core/context.ts'
import { openKeyFile } from '../../main/core/desk/desk.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import { type Artifact, artifactFileName, chunkBytes } from '../../shared/domain/artifact.ts'
import type { ByteSource, PutProgress } from '../../shared/domain/connection.ts'
import { remoteArtifacts } from '../../shared/domain/remote-layout.ts'
import { seededBytes } from '../lab/artifacts/seeded-bytes.ts'
import { restoreSpeed, slowLink } from '../lab/faults/slow-link.ts'
import { mustRun } from '../lab/host/run-command.ts'
import { type MachineRecord, requireMachine } from '../lab/machine/machine-record.ts'
import { sshWords } from '../lab/machine/ready.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { applianceName, type Cost, costOf, lab } from './lab-appliance.ts'
import { startProxy } from './slow-proxy.ts'
import { childrenCpuSeconds, type Peer, type Route, transferPeers } from './transfer-peers.ts'

const mebibyte = 1024 * 1024
/** To try the bench itself, and to see which way a change goes. */
const isQuick = process.argv.includes('--quick')
const plain = { mebibytes: isQuick ? 256 : 2048, rounds: isQuick ? 3 : 5 }
/** Where the network is what takes the time, a smaller file says the same. */
const shaped = { mebibytes: isQuick ? 64 : 1024, rounds: isQuick ? 1 : 3 }
const far = { mebibytes: isQuick ? 64 : 256, rounds: isQuick ? 1 : 3 }
const farWay = { oneWayMs: 50, bytesPerSecond: 40_000_000 / 8 }

export const transferBench: Bench = {
  name: 'transfer',
  about: `${plain.mebibytes} MiB to a lab appliance as fast as it goes, ${shaped.mebibytes} MiB over 200 Mbit/s, ${far.mebibytes} MiB over 100 ms with 40 Mbit/s a connection, beside scp, sftp and rsync -W; and on after a cut (--quick: smaller)`,
  targets: [
    { figure: 'plainTimesFastest', atLeast: 0.95 },
    { figure: 'shapedTimesFastest', atLeast: 0.95 },
    { figure: 'farTimesFastest', atLeast: 1.3 },
    { figure: 'resumeExtraSeconds', atMost: 3 },
    { figure: 'resumeResentMebibytes', atMost: 64 },
  ],
  measure,
}

type Stage = {
  readonly core: Core
  readonly machine: MachineRecord
  readonly folder: string
  readonly peers: readonly Peer[]
  readonly credentialId: string
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(join(folder, 'state'), benchTools(folder))
  await lab('up', applianceName)
  const machine = await requireMachine(applianceName)
  try {
    const { credentialId } = must(await openKeyFile(core, { file: machine.identityFile }))
    const peers = await transferPeers(machine, folder)
    const stage: Stage = { core, machine, folder, peers, credentialId }
    const direct = { host: machine.address, port: machine.port }
    const asFast = await race(stage, 'plain', plain, direct)
    const resumed = await resume(stage, asFast['plainRacksideMBps'] ?? Number.NaN)
    await slowLink(machine, '200')
    const slow = await race(stage, 'shaped', shaped, direct)
    await restoreSpeed(machine)
    const proxy = await startProxy(direct, farWay)
    const long = await race(stage, 'far', far, { host: '127.0.0.1', port: proxy.port }).finally(proxy.stop)
    return { ...asFast, ...resumed, ...slow, ...long }
  } finally {
    await restoreSpeed(machine)
    await closeCore(core)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function trust({ core, machine }: Stage, { host, port }: Route): Promise<void> {
  const address = { host, port, user: machine.user }
  must(await trustHostKey(core, { address, fingerprint: machine.hostKeyFingerprint }))
}

type Run = Cost & { readonly consoleCpuMs: number }

/** In turns, so that what else this machine does falls on all of them; each round begins with another one. */
async function race(
  stage: Stage,
  name: string,
  { mebibytes, rounds }: { mebibytes: number; rounds: number },
  route: Route,
): Promise<Figures> {
  await trust(stage, route)
  const { file, artifact } = await randomFile(stage.folder, mebibytes)
  const rackside: Peer = { name: 'rackside', send: (_, to) => send(stage, { file, artifact }, to) }
  const all = [rackside, ...stage.peers]
  const runs = new Map<string, Run[]>(all.map((one) => [one.name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < all.length; turn += 1) {
      const one = all[(round + turn) % all.length] as Peer
      const run = await runOf(stage.machine, () => one.send(file, route))
      runs.get(one.name)?.push(run)
      console.error(`${name} ${round + 1}/${rounds} ${one.name}: ${(artifact.bytes / 1000 / run.ms).toFixed(1)} MB/s`)
      await clear(stage, artifact)
    }
  }
  const figures: Record<string, number> = {}
  const rates = new Map<string, number>()
  for (const [tool, took] of runs) {
    const label = `${name}${tool[0]?.toUpperCase()}${tool.slice(1)}`
    const rate = artifact.bytes / 1000 / median(took.map((run) => run.ms))
    rates.set(tool, rate)
    figures[`${label}MBps`] = rate
    figures[`${label}ConsoleCpuSeconds`] = median(took.map((run) => run.consoleCpuMs)) / 1000
    figures[`${label}ApplianceCpuSeconds`] = median(took.map((run) => run.applianceCpuMs)) / 1000
  }
  const fastest = Math.max(...stage.peers.map((peer) => rates.get(peer.name) ?? 0))
  rmSync(file)
  return { ...figures, [`${name}TimesFastest`]: (rates.get('rackside') ?? 0) / fastest }
}

/** A cut at half the way, then how much longer than its missing bytes the rest takes. */
async function resume(stage: Stage, racksideMBps: number): Promise<Figures> {
  const { file, artifact } = await randomFile(stage.folder, plain.mebibytes)
  const route = { host: stage.machine.address, port: stage.machine.port }
  const extra: number[] = []
  const resent: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const proxy = await startProxy(route, undefined)
    const through = { host: '127.0.0.1', port: proxy.port }
    await trust(stage, through)
    let last: PutProgress = { sentBytes: 0, doneBytes: 0, totalBytes: 0 }
    const cut = await put(stage, { file, artifact }, through, (progress) => {
      last = progress
      if (progress.sentBytes >= artifact.bytes / 2) proxy.cut()
    }).finally(proxy.stop)
    if (cut.ok) throw new Error('the cut came too late')
    const began = performance.now()
    const rest = must(await put(stage, { file, artifact }, route, () => undefined))
    const seconds = (performance.now() - began) / 1000
    extra.push(seconds - rest.sentBytes / 1_000_000 / racksideMBps)
    resent.push((last.sentBytes + rest.sentBytes - artifact.bytes) / mebibyte)
    await clear(stage, artifact)
  }
  rmSync(file)
  return { resumeExtraSeconds: median(extra), resumeResentMebibytes: Math.max(...resent) }
}

type Sent = { readonly file: string; readonly artifact: Artifact }

async function send(stage: Stage, sent: Sent, route: Route): Promise<void> {
  must(await put(stage, sent, route, () => undefined))
}

async function put(stage: Stage, { file, artifact }: Sent, route: Route, onProgress: (progress: PutProgress) => void) {
  const { core, machine, credentialId } = stage
  const address = { host: route.host, port: route.port, user: machine.user }
  const opening: Opening = { address, credentialId }
  const source: ByteSource = { read: (offset, length) => readRange(file, offset, length) }
  try {
    return await core.sessions.withConnection(opening, (connection) => connection.put(artifact, source, { onProgress }))
  } finally {
    await core.sessions.forget(opening)
  }
}

async function runOf(machine: MachineRecord, work: () => Promise<unknown>): Promise<Run> {
  const own = process.cpuUsage()
  const children = childrenCpuSeconds()
  const cost = await costOf(machine, work)
  const { user, system } = process.cpuUsage(own)
  return { ...cost, consoleCpuMs: (user + system) / 1000 + (childrenCpuSeconds() - children) * 1000 }
}

/** Away with what was sent, and what it left to be written goes to the disk now, in nobody's time. */
async function clear({ machine }: Stage, artifact: Artifact): Promise<void> {
  const words = `rm -f bench-transfer; sudo -n rm -f ${remoteArtifacts}/${artifactFileName(artifact.sha256)}; sync`
  await mustRun([...sshWords(machine), words])
}

/** As a bundle's files are read (main/catalog/bundle.ts): into two buffers in turns, one piece ahead. */
async function* readRange(file: string, offset: number, length: number): AsyncGenerator<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const buffers = [Buffer.allocUnsafe(mebibyte), Buffer.allocUnsafe(mebibyte)]
    const read = (turn: number) => {
      const at = turn * mebibyte
      const into = buffers[turn % 2] as Buffer
      return at < length ? handle.read(into, 0, Math.min(mebibyte, length - at), offset + at) : undefined
    }
    let reading = read(0)
    for (let turn = 1; reading !== undefined; turn += 1) {
      const { buffer, bytesRead } = await reading
      reading = read(turn)
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

async function randomFile(folder: string, mebibytes: number): Promise<Sent> {
  const file = join(folder, `random-${mebibytes}`)
  const handle = await open(file, 'wx')
  const whole = createHash('sha256')
  const chunks: string[] = []
  const random = seededBytes('transfer')
  for (let chunk = 0; chunk < mebibytes; chunk += chunkBytes / mebibyte) {
    const hash = createHash('sha256')
    // In small pieces: what this process grows to would be measured later on.
    for (let at = chunk; at < Math.min(chunk + chunkBytes / mebibyte, mebibytes); at += 1) {
      const bytes = random.take(mebibyte)
      whole.update(bytes)
      hash.update(bytes)
      await handle.write(bytes)
    }
    chunks.push(hash.digest('hex'))
  }
  await handle.close()
  const artifact: Artifact = {
    ...{ kind: 'file', id: `random-${mebibytes}`, sha256: whole.digest('hex') },
    ...{ bytes: mebibytes * mebibyte, chunks },
  }
  return { file, artifact }
}
