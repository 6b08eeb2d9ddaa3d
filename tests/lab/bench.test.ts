// A benchmark of a real llama.cpp server, beside a client that was written by somebody else's means: Python, its own HTTP
// and its own clock, through the system's ssh. Both ask the same server at the same time, so that whatever else this machine
// does happens to both.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { benchAppliance } from '../../main/core/bench/run.ts'
import { type CallContext, ownContext } from '../../main/core/context.ts'
import type { BenchLevel, BenchResult } from '../../shared/domain/bench.ts'
import { distributionOf } from '../../shared/verify/load/distribution.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { labCore, labTarget } from '../support/lab-core.ts'
import { removeAfterLastLook } from '../support/last-look.ts'
import { needs } from '../support/needs.ts'
import { today } from '../support/today.ts'

const users = 2
/** This model counts letters: what every prompt begins with takes 170 of them. */
const [inputTokens, outputTokens] = [320, 120]
/** Long enough for many answers where this machine has other things to do. */
const seconds = 60
/**
 * Of a processor, for the model: a small one writes a token in a millisecond and takes all of the machine for it, and when
 * a client hears of the first one is chance then, by twenty of them.
 */
const modelShare = 0.4

/** A process for each user; a line for each answer: milliseconds of the clock that all processes of a machine share. */
const otherClient = `
import http.client, json, os, random, sys, time
port, users, prompt_tokens, output_tokens = map(int, sys.argv[1:5])
letters = 'abcdefghijklmnopqrstuvwxyz     '
def ask(length):
    text = ''.join(random.choice(letters) for _ in range(length))
    body = json.dumps({'model': 'rackside-tiny', 'messages': [{'role': 'user', 'content': text}], 'stream': True,
        'stream_options': {'include_usage': True}, 'max_tokens': output_tokens, 'temperature': 0, 'ignore_eos': True})
    start = time.monotonic()
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=120)
    connection.request('POST', '/v1/chat/completions', body, {'content-type': 'application/json'})
    answer = connection.getresponse()
    first = last = None
    usage = {}
    while True:
        line = answer.readline()
        if not line: break
        now = time.monotonic()
        if not line.startswith(b'data:'): continue
        last = now
        data = line[5:].strip()
        if first is not None and b'"usage"' not in data: continue
        if data == b'[DONE]': continue
        event = json.loads(data)
        usage = event.get('usage') or usage
        if first is None and any((c.get('delta') or {}).get('content') for c in event.get('choices', [])): first = now
    connection.close()
    return start, first, last, usage
def use():
    length = prompt_tokens
    while True:
        start, first, last, usage = ask(length)
        length += prompt_tokens - usage['prompt_tokens']
        os.write(1, (json.dumps({'startMs': start * 1000, 'ttftMs': (first - start) * 1000, 'e2eMs': (last - start) * 1000,
                'tokens': usage['completion_tokens'], 'promptTokens': usage['prompt_tokens']}) + '\\n').encode())
for _ in range(users):
    if os.fork() == 0: use()
sys.stdin.read()
os.killpg(0, 15)
`

type OtherAnswer = {
  readonly startMs: number
  readonly ttftMs: number
  readonly e2eMs: number
  readonly tokens: number
  readonly promptTokens: number
}

describe('a benchmark of a real server', () => {
  let appliance: LabAppliance
  const console = new TestConsole()
  const folder = mkdtempSync(join(tmpdir(), 'rackside-lab-bench-'))
  const children: ChildProcess[] = []

  beforeAll(async () => {
    if (!canRunLab) return
    const artifacts = await artifactsFolder()
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, artifacts, '--soak', '1').ended
    if (code !== 0) throw new Error(errors)
    await inside(appliance, 'docker', 'update', '--cpus', `${modelShare}`, 'rackside-clinic-model')
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(async () => {
    // The client before the way that it takes. The end of its input ends every process of it.
    for (const child of children.toReversed()) {
      if (child.stdin === null) child.kill()
      else child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    }
    console.remove()
    removeAfterLastLook(folder)
  })

  // On the days on which the journey by clicking has no upgrade.
  today(1)('has the figures of an independent client, within 5 %', async () => {
    const port = await tunnelTo(appliance, children)
    const others = startOther(port, children)
    await expect.poll(() => others.length, { timeout: 60_000 }).toBeGreaterThan(2 * users)
    const { level, fromMs, toMs } = await measured(appliance, folder)
    const same = others.filter(({ startMs }) => startMs >= fromMs && startMs < toMs)
    const of = (value: (one: OtherAnswer) => number) => distributionOf(same.map(value))
    const mine = { ttft: level.ttftMs, tpot: level.tpotMs, e2e: level.e2eMs }
    const theirs = {
      ttft: of(({ ttftMs }) => ttftMs),
      tpot: of(({ ttftMs, e2eMs, tokens }) => (e2eMs - ttftMs) / (tokens - 1)),
      e2e: of(({ e2eMs }) => e2eMs),
    }
    const rate = (same.reduce((sum, { tokens }) => sum + tokens, 0) * 1000) / (toMs - fromMs)
    // Medians: who of the two was hit by what else this machine did is chance.
    const ratios = {
      ttftP50: (mine.ttft?.p50 ?? 0) / (theirs.ttft?.p50 ?? 0),
      tpotP50: (mine.tpot?.p50 ?? 0) / (theirs.tpot?.p50 ?? 0),
      e2eP50: (mine.e2e?.p50 ?? 0) / (theirs.e2e?.p50 ?? 0),
      outputRate: level.outputTokensPerSecond / rate,
    }
    const said = JSON.stringify({ ratios, mine, theirs, rates: [level.outputTokensPerSecond, rate], of: same.length })
    globalThis.console.log(`beside an independent client: ${JSON.stringify({ ...ratios, of: same.length })}`)
    expect(Math.min(level.requests, same.length), said).toBeGreaterThan(40)
    for (const [figure, ratio] of Object.entries(ratios)) {
      expect(Math.abs(ratio - 1), `${figure}: ${said}`).toBeLessThan(0.05)
    }
    expect(level).toMatchObject({ countedBy: 'usage', outputTokens, failed: {} })
    expect(Math.abs((level.promptTokens ?? 0) - inputTokens)).toBeLessThan(0.05 * inputTokens)
  })

  it('says by the command line how many users are supported, and keeps it', async () => {
    const words = ['--concurrency', '1,2', '--seconds', '4', '--input', '100', '--output', '32', '--slo-ttft', '60000']
    const { code, json, errors } = await console.run('bench', appliance, 'clinic-model', ...words)
    expect(code, errors).toBe(0)
    const bench = json['bench'] as BenchResult
    expect(bench).toMatchObject({ end: 'done', outputIs: 'enforced', supports: { users: 2, atLeast: true } })
    expect(bench.levels.map(({ users, outputTokens }) => [users, outputTokens])).toEqual([
      [1, 32],
      [2, 32],
    ])
    const listed = await console.run('bench', appliance, '--list')
    expect(listed.json).toMatchObject({ benches: [{ benchId: bench.benchId }] })
  })
})

function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/** What was measured, and from when to when, as near as its events say. */
async function measured(appliance: LabAppliance, folder: string) {
  const core = labCore(appliance, folder)
  const context: CallContext = ownContext(core, 'lab')
  const wish = { levels: [users], seconds, inputTokens, outputTokens, ttftLimitMs: 60_000 }
  const input = { target: labTarget(appliance), deployment: 'clinic-model', wish }
  let level: BenchLevel | undefined
  let [fromMs, toMs] = [0, 0]
  for await (const event of benchAppliance(context, input)) {
    if (event.event === 'progress' && event.phase === 'measuring' && fromMs === 0)
      fromMs = monotonicMs() - event.seconds * 1000
    if (event.event === 'level-end') level = event.level
  }
  await core.sessions.closeAll()
  if (level === undefined) throw new Error('no level was measured')
  toMs = fromMs + level.seconds * 1000
  return { level, fromMs, toMs }
}

/** The system's own ssh, to the port of the model. */
async function tunnelTo(appliance: LabAppliance, children: ChildProcess[]): Promise<number> {
  const port = await freePort()
  const { user, address, port: sshPort, identityFile } = appliance
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes']
  const words = ['-F', 'none', '-q', '-N', '-i', identityFile, '-p', `${sshPort}`, ...options.flatMap((o) => ['-o', o])]
  const forward = ['-L', `127.0.0.1:${port}:127.0.0.1:8400`, `${user}@${address}`]
  children.push(spawn('ssh', [...words, ...forward], { stdio: 'ignore' }))
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined))?.ok === true
  await expect.poll(answers, { timeout: 20_000 }).toBe(true)
  return port
}

function startOther(port: number, children: ChildProcess[]): OtherAnswer[] {
  const answers: OtherAnswer[] = []
  const words = ['-c', otherClient, `${port}`, `${users}`, `${inputTokens}`, `${outputTokens}`]
  const child = spawn('python3', words, { stdio: ['pipe', 'pipe', 'inherit'], detached: true })
  children.push(child)
  let rest = ''
  child.stdout.on('data', (bytes: Buffer) => {
    rest += bytes.toString('utf8')
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    answers.push(...lines.map((line) => JSON.parse(line) as OtherAnswer))
  })
  return answers
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
