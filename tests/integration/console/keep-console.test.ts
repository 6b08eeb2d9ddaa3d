// A process that lives long, beside others that come and go: it takes over when its owner ends, tells the new
// core what only it knows, and keeps nobody from ending.
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type RunningChild, startChild } from '../../support/child-program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Says what it is, then answers each line: "runs" and "owner" about the console, "slow" with a call that hangs. */
const keeper = `
  import { createInterface } from 'node:readline'
  import { createServer } from 'node:net'
  import { keepConsole } from './main/console-host/keep-console.ts'
  import { received } from './main/core/refusal.ts'
  const say = (what) => console.log(typeof what === 'string' ? what : JSON.stringify(what))
  const kept = await keepConsole(process.env, (client) => client.desk.importFrom({ folder: process.argv[2] }))
  if (!kept.ok) throw new Error(JSON.stringify(kept.failure))
  const { client, owner, close } = kept.value
  const hole = createServer((socket) => { socket.on('error', () => {}); say('dialled') })
  await new Promise((resolve) => hole.listen(0, '127.0.0.1', resolve))
  const address = { host: '127.0.0.1', port: hole.address().port, user: 'ops' }
  say(owner() ? 'owner' : 'guest')
  createInterface({ input: process.stdin }).on('line', async (line) => {
    if (line === 'owner') { await client(); say(owner() ? 'owner' : 'guest') }
    if (line === 'place') say(await received('x', client().then((c) => c.desk.importFrom({}))))
    if (line === 'slow') say(await received('x', client().then((c) => c.product.appliances.greet({ address }))))
    if (line === 'close' || line === 'close now') {
      await close((guests) => say('waiting for ' + guests), { now: line === 'close now' })
      hole.close()
      say('closed')
      process.exit(0)
    }
  })
`

async function keep(home: string, part: 'owner' | 'guest'): Promise<RunningChild> {
  const child = await startChild(keeper, [home], { RACKSIDE_HOME: home, HOME: home })
  expect(await child.line()).toBe(part)
  return child
}

async function ask(child: RunningChild, line: string): Promise<string> {
  child.process.stdin?.write(`${line}\n`)
  return child.line()
}

/** The end of an owner reaches its guest a moment later than it reaches us. */
async function tookOver(child: RunningChild): Promise<void> {
  await expect.poll(() => ask(child, 'owner'), { timeout: 10_000 }).toBe('owner')
}

/** Opens the console as a command does, says its part, and closes it when a byte comes in. */
const passer = `
  import { openConsole } from './main/console-host/open-console.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  console.log(opened.value.owner ? 'owner' : 'guest')
  process.stdin.once('data', async () => {
    process.stdin.destroy()
    await opened.value.close((guests) => console.log('waiting for ' + guests))
    console.log('closed')
  })
`

async function pass(home: string, part: 'owner' | 'guest'): Promise<RunningChild> {
  const child = await startChild(passer, [], { RACKSIDE_HOME: home, HOME: home })
  expect(await child.line()).toBe(part)
  return child
}

describe('a console that is kept', () => {
  it.each(['SIGKILL', 'SIGTERM'] as const)('takes over when its owner ends by %s', async (signal) => {
    const home = temporaryFolder()
    const owner = await keep(home, 'owner')
    const guest = await keep(home, 'guest')
    owner.kill(signal)
    await owner.ended
    await tookOver(guest)
    // The new core was told what only this process knows.
    expect(JSON.parse(await ask(guest, 'place'))).toMatchObject({ value: { ok: true, value: { folder: home } } })
    expect(existsSync(`${home}/import`)).toBe(false)
    await pass(home, 'guest')
  })

  it('keeps no command from ending, and goes on without it', async () => {
    const home = temporaryFolder()
    const command = await pass(home, 'owner')
    const kept = await keep(home, 'guest')
    expect(await ask(command, 'x')).toBe('closed')
    expect(await command.ended).toBe(0)
    await tookOver(kept)
  })

  it('gets a failure for a call that its owner takes with it, and the next call goes through', async () => {
    const home = temporaryFolder()
    const owner = await keep(home, 'owner')
    const guest = await keep(home, 'guest')
    expect(await ask(guest, 'slow')).toBe('dialled')
    owner.kill('SIGKILL')
    expect(JSON.parse(await guest.line())).toMatchObject({ ok: false, failure: { kind: 'owner-gone' } })
    expect(await ask(guest, 'owner')).toBe('owner')
  })

  it('ends within seconds when told to, whatever its guests do', async () => {
    const home = temporaryFolder()
    const owner = await keep(home, 'owner')
    const guest = await pass(home, 'guest')
    const before = performance.now()
    expect(await ask(owner, 'close now')).toBe('waiting for 1')
    expect(await owner.line()).toBe('closed')
    expect(performance.now() - before).toBeLessThan(15_000)
    expect(await owner.ended).toBe(0)
    guest.process.stdin?.write('x')
    expect(await guest.line()).toBe('closed')
  })

  it('as a guest ends without the owner noticing much', async () => {
    const home = temporaryFolder()
    const owner = await keep(home, 'owner')
    const guest = await keep(home, 'guest')
    expect(await ask(guest, 'close')).toBe('closed')
    expect(await ask(owner, 'owner')).toBe('owner')
  })
})
