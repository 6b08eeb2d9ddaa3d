// What a connection costs beside `ssh` and Ansible, on a real sshd of this machine's loopback, and whether dead
// appliances hold up live ones. The sshd is started here, with keys of its own, so this needs root and OpenSSH.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { trustHostKey } from '../../main/core/access/host-keys.ts'
import type { Opening } from '../../main/core/access/opening.ts'
import type { Core } from '../../main/core/context.ts'
import { openKeyFile } from '../../main/core/desk/desk.ts'
import { closeCore, openCore } from '../../main/core/open-core.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { benchTools, must } from './bench-tools.ts'
import { type Bench, type Figures, median } from './frame.ts'
import { type LoopbackSshd, startLoopbackSshd } from './loopback-sshd.ts'

const liveAppliances = 50
const deadAppliances = 10
const callsMeasured = 200
const callsAtOnce = 4
const idleConnections = 40
const openedAtOnce = 5

export const connectBench: Bench = {
  name: 'connect',
  about: `time to the first and the next command and memory of an idle connection, beside ssh and Ansible; ${liveAppliances} live connections with and without ${deadAppliances} dead ones`,
  targets: [
    { figure: 'coldTimesSsh', atMost: 1.5 },
    { figure: 'pooledTimesMaster', atMost: 1.5 },
    { figure: 'idleTimesSshMemory', atMost: 0.5 },
    { figure: 'p50TimesWithoutDead', atMost: 1.3 },
    { figure: 'p99TimesWithoutDead', atMost: 1.5 },
  ],
  measure,
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-bench-'))
  const core = openCore(join(folder, 'state'), benchTools(folder))
  const sshd = await startLoopbackSshd(folder)
  const dead = await startDead()
  try {
    const fingerprint = fingerprintIn(sshd)
    must(await trustHostKey(core, { address: sshd.address, fingerprint }))
    const opening = await openingWith(core, sshd, sshd.keyFile)
    // First: afterwards there is garbage of others to grow into, and nothing would seem to be used.
    const idle = await idleMemory(core, opening, sshd)
    const one = await oneConnection(core, opening, sshd)
    const many = await liveBesideDead(core, sshd, dead)
    return { ...one, ...idle, ...many }
  } finally {
    dead.stop()
    await closeCore(core)
    sshd.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Alternating, so that what else this machine does falls on all of them. */
async function oneConnection(core: Core, opening: Opening, sshd: LoopbackSshd): Promise<Figures> {
  const cold: number[] = []
  const sshCold: number[] = []
  const pooled: number[] = []
  const master: number[] = []
  const ansible: number[] = []
  const hasAnsible = (await runs('ansible', ['--version'])) === 0
  await runs('ssh', [...sshd.sshWords, '-M', '-f', '-N', '-S', sshd.controlPath, sshd.place])
  for (let round = 0; round < 7; round += 1) {
    await core.sessions.forget(opening)
    cold.push(await timed(() => runTrue(core, opening)))
    sshCold.push(await timed(() => runs('ssh', [...sshd.sshWords, '-S', 'none', sshd.place, 'true'])))
    for (let next = 0; next < 3; next += 1) {
      pooled.push(await timed(() => runTrue(core, opening)))
      master.push(await timed(() => runs('ssh', [...sshd.sshWords, '-S', sshd.controlPath, sshd.place, 'true'])))
    }
    if (hasAnsible && round < 3) ansible.push(await timed(() => runs('ansible', sshd.ansibleWords)))
  }
  await runs('ssh', [...sshd.sshWords, '-S', sshd.controlPath, '-O', 'exit', sshd.place])
  const [coldMs, sshColdMs, pooledMs, masterMs] = [cold, sshCold, pooled, master].map(median)
  const peers = ansible.length === 0 ? {} : { ansiblePingMs: median(ansible) }
  return {
    ...{
      coldMs: coldMs ?? Number.NaN,
      sshColdMs: sshColdMs ?? Number.NaN,
      coldTimesSsh: (coldMs ?? 0) / (sshColdMs ?? 0),
    },
    ...{ pooledMs: pooledMs ?? Number.NaN, masterMs: masterMs ?? Number.NaN },
    pooledTimesMaster: (pooledMs ?? 0) / (masterMs ?? 0),
    ...peers,
    ...(peers.ansiblePingMs === undefined ? {} : { pooledTimesAnsible: (pooledMs ?? 0) / peers.ansiblePingMs }),
  }
}

async function idleMemory(core: Core, opening: Opening, sshd: LoopbackSshd): Promise<Figures> {
  // What the first connections load is paid once.
  await Promise.all((await openMany(core, opening, openedAtOnce)).map((connection) => connection.close()))
  const before = memory()
  const opened: Connection[] = []
  while (opened.length < idleConnections) opened.push(...(await openMany(core, opening, openedAtOnce)))
  await sleep(500)
  const idleKilobytes = (memory() - before) / 1000 / idleConnections
  await Promise.all(opened.map((connection) => connection.close()))
  const peer = spawn('ssh', [...sshd.sshWords, '-S', 'none', '-N', sshd.place], { stdio: 'ignore' })
  await sleep(1500)
  const status = readFileSync(`/proc/${peer.pid}/status`, 'utf8')
  const sshIdleKilobytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1])
  peer.kill()
  return { idleKilobytes, sshIdleKilobytes, idleTimesSshMemory: idleKilobytes / sshIdleKilobytes }
}

function openMany(core: Core, opening: Opening, count: number): Promise<Connection[]> {
  const dials = Array.from({ length: count }, () => core.sessions.dialBeside(opening, () => undefined))
  return Promise.all(dials.map(async (dial) => must(await dial)))
}

function memory(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().rss
}

async function liveBesideDead(core: Core, sshd: LoopbackSshd, dead: Dead): Promise<Figures> {
  const live: Opening[] = []
  for (let at = 0; at < liveAppliances; at += 1) {
    const file = join(sshd.folder, `key-${at}`)
    copyFileSync(sshd.keyFile, file)
    live.push(await openingWith(core, sshd, file))
  }
  for (let from = 0; from < live.length; from += openedAtOnce) {
    await Promise.all(live.slice(from, from + openedAtOnce).map((opening) => runTrue(core, opening)))
  }
  const alone = await callTimes(core, live)
  const credentialId = live[0]?.credentialId ?? ''
  for (const port of dead.ports) {
    void core.sessions.open({ address: { host: '127.0.0.1', port, user: 'root' }, credentialId })
  }
  const beside = await callTimes(core, live)
  const [p50Ms, p99Ms] = [at(alone, 0.5), at(alone, 0.99)]
  const [p50BesideDeadMs, p99BesideDeadMs] = [at(beside, 0.5), at(beside, 0.99)]
  return {
    ...{ p50Ms, p50BesideDeadMs, p50TimesWithoutDead: p50BesideDeadMs / p50Ms },
    ...{ p99Ms, p99BesideDeadMs, p99TimesWithoutDead: p99BesideDeadMs / p99Ms },
  }
}

async function callTimes(core: Core, live: readonly Opening[]): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < callsMeasured) {
      const opening = live[next % live.length]
      next += 1
      if (opening !== undefined) times.push(await timed(() => runTrue(core, opening)))
    }
  }
  await Promise.all(Array.from({ length: callsAtOnce }, work))
  return times.sort((a, b) => a - b)
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

type Dead = { readonly ports: readonly number[]; stop(): void }

/** They take a connection and say nothing, for as long as anybody waits. */
async function startDead(): Promise<Dead> {
  const sockets = new Set<Socket>()
  const servers = Array.from({ length: deadAppliances }, () =>
    createServer((socket) => void sockets.add(socket.on('error', () => undefined))),
  )
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))))
  return {
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    stop: () => {
      for (const socket of sockets) socket.destroy()
      for (const server of servers) server.close()
    },
  }
}

async function openingWith(core: Core, { address }: LoopbackSshd, file: string): Promise<Opening> {
  return { address, credentialId: must(await openKeyFile(core, { file })).credentialId }
}

async function runTrue(core: Core, opening: Opening): Promise<void> {
  const script = { name: 'true', text: 'true' }
  must(await core.sessions.withConnection(opening, (one) => one.run(script, { as: 'login', deadlineSeconds: 30 })))
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Its exit code, or -1 where there is no such program. */
function runs(program: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: 'ignore' })
    child.once('error', () => resolve(-1))
    child.once('exit', (code) => resolve(code ?? -1))
  })
}

function fingerprintIn({ hostKeyBase64 }: LoopbackSshd): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(hostKeyBase64, 'base64')).digest('base64').replace(/=+$/, '')}`
}
