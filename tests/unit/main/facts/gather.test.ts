// gatherFacts over a Connection whose run is a local shell or a fixed answer.
import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { gatherEngineFacts } from '../../../../main/facts/engine-facts.ts'
import { gatherFacts } from '../../../../main/facts/gather.ts'
import type { Privilege, Script } from '../../../../shared/domain/command.ts'
import type { Connection, EngineApi, RunOptions, RunOutcome } from '../../../../shared/domain/connection.ts'
import { facts } from '../../../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { frameText } from '../../../../shared/facts/frames.ts'
import { systemProbes } from '../../../../shared/facts/system.ts'
import { makePlace } from '../../shared/facts/shells.ts'

const options = { now: () => new Date('2026-11-22T08:00:00Z'), nonce: () => 'abcdefgh12345678' }
const outcome = (stdout: string, rest: Partial<RunOutcome> = {}): RunOutcome => ({
  exitCode: 0,
  stdout,
  stderr: '',
  truncated: false,
  ...rest,
})
const refused = fail({
  kind: 'sudo-refused',
  user: 'ops',
  reason: 'not-allowed',
  detail: 'ops is not in the sudoers file',
})

function connectionOf(
  run: (script: Script, options: RunOptions) => Promise<Result<RunOutcome>>,
  engine?: Partial<EngineApi>,
): Connection {
  return { run, engine: () => engine } as unknown as Connection
}

function factsHead(text: string) {
  const head = readScriptHead(text)
  return head?.block === 'facts' ? head : undefined
}

/** Answers every probe of the script with one text. */
function answering(
  text: string,
  onRun: (privilege: Privilege) => Result<RunOutcome> | undefined = () => undefined,
): Connection {
  return connectionOf(async (script, { as }) => {
    const head = factsHead(script.text)
    const frames = (head?.ids ?? []).map((id) => frameText(head?.nonce ?? '', id, text)).join('')
    return onRun(as) ?? ok(outcome(frames))
  })
}

describe('gatherFacts', () => {
  it('reads what a real shell answers', async () => {
    const place = makePlace()
    const local = connectionOf(
      (script) =>
        new Promise((resolve) => {
          const env = { PATH: process.env['PATH'], XDG_RUNTIME_DIR: place.runtime }
          const child = spawn('sh', { env, stdio: ['pipe', 'pipe', 'ignore'] })
          let stdout = ''
          child.stdout.setEncoding('utf8').on('data', (text: string) => {
            stdout += text
          })
          child.on('close', (exitCode) => resolve(ok(outcome(stdout, { exitCode: exitCode ?? 1 }))))
          child.stdin.end(script.text.replace('privilege=root', 'privilege=login'))
        }),
    )
    const gathered = await gatherFacts(local, { ...options, probes: systemProbes })
    place.remove()
    expect(gathered.ok && facts.safeParse(gathered.value).error).toBe(undefined)
    expect(gathered).toMatchObject({ ok: true, value: { takenAt: '2026-11-22T08:00:00.000Z', privilege: 'root' } })
    expect(gathered).toMatchObject({
      value: { kernel: { state: 'known' }, memory: { state: 'known' }, cpu: { state: 'known' } },
    })
    expect(gathered).toMatchObject({ value: { engine: { state: 'unreadable' }, spaces: { state: 'unreadable' } } })
  })

  it('looks once more as the login where sudo is refused', async () => {
    const asked: Privilege[] = []
    const gathered = await gatherFacts(
      answering('garbage\n', (privilege) => {
        asked.push(privilege)
        return privilege === 'root' ? refused : undefined
      }),
      options,
    )
    expect(asked).toEqual(['root', 'login'])
    expect(gathered).toMatchObject({ ok: true, value: { privilege: 'login', machineId: { state: 'unreadable' } } })
    expect(gathered.ok && facts.safeParse(gathered.value).success).toBe(true)
  })

  it('hands on any other failure, and asks only once', async () => {
    const lost = fail({ kind: 'link-lost', host: 'h', port: 22, during: 'facts' })
    let asked = 0
    const gathered = await gatherFacts(
      answering('', () => {
        asked += 1
        return lost
      }),
      options,
    )
    expect(gathered).toEqual(lost)
    expect(asked).toBe(1)
  })

  it('is unreadable where no frame came back, with what the shell said', async () => {
    const csh = connectionOf(async () =>
      ok(outcome('', { exitCode: 1, stderr: 'facts(): Badly placed ()s.\u001b[31m' })),
    )
    expect(await gatherFacts(csh, options)).toEqual(
      fail({ kind: 'facts-unreadable', detail: 'exit 1: facts(): Badly placed ()s.[31m' }),
    )
    const silent = connectionOf(async () => ok(outcome('')))
    expect(await gatherFacts(silent, options)).toEqual(
      fail({ kind: 'facts-unreadable', detail: 'exit 0: the script printed nothing' }),
    )
  })

  it('names every probe that was asked, also those whose answer was lost', async () => {
    const cut = connectionOf(async (script) => {
      const head = factsHead(script.text)
      return ok(outcome(frameText(head?.nonce ?? '', 'uname', 'ward\n6.1\nx86_64\n')))
    })
    const gathered = await gatherFacts(cut, { ...options, probes: systemProbes })
    expect(gathered).toMatchObject({
      ok: true,
      value: { hostname: { state: 'known', value: 'ward' }, memory: { state: 'unreadable' } },
    })
    expect(gathered.ok && gathered.value.probes.map((probe) => probe.id)).toEqual(systemProbes.map((probe) => probe.id))
    expect(gathered.ok && gathered.value.probes[0]).toMatchObject({
      id: 'machine-id',
      exitCode: { state: 'unreadable', why: 'no answer came back' },
    })
  })
})

describe('gatherEngineFacts', () => {
  const engine = {
    inspectContainers: async () => ok([]),
    inspectImages: async () => ok([{ Id: 'sha256:aa', Architecture: 'amd64', RepoDigests: ['x@sha256:bb'], Size: 5 }]),
    listNetworks: async () => ok([{ Name: 'rackside-x', Id: 'n', Labels: { 'rackside.deployment': 'x' } }]),
  }

  it('reads the answers of the engine API with the readers of the script', async () => {
    expect(await gatherEngineFacts(connectionOf(async () => refused, engine))).toEqual(
      ok({
        containers: { state: 'known', value: [] },
        images: { state: 'known', value: [{ id: 'sha256:aa', architecture: 'amd64', repoDigests: ['sha256:bb'] }] },
        networks: { state: 'known', value: ['rackside-x'] },
      }),
    )
  })

  it('fails with what the engine failed with', async () => {
    const dead = fail({ kind: 'engine-unreadable', detail: 'no answer' })
    expect(
      await gatherEngineFacts(connectionOf(async () => refused, { ...engine, inspectImages: async () => dead })),
    ).toEqual(dead)
  })
})
