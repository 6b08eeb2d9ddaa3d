// One state folder, several processes: the first owns it, the others work through its socket, and whoever comes
// after a killed one takes over.
import { mkdirSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { exitCodes } from '../../../main/terminal/exit-codes.ts'
import { type RunningChild, startChild } from '../../support/child-program.ts'
import { runCli } from '../../support/run-cli.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Opens the console, says which part it got, and closes it when a byte comes in. */
const consoleProgram = `
  import { openConsole } from './main/console-host/open-console.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) {
    console.log(JSON.stringify(opened.failure))
    process.exit(1)
  }
  console.log(opened.value.owner ? 'owner' : 'guest')
  void opened.value.ownerGone.then(() => console.log('owner gone'))
  process.stdin.once('data', async () => {
    process.stdin.destroy()
    await opened.value.close((guests) => console.log('waiting for ' + guests))
    console.log('closed')
  })
`

/** Hands a password over, saves an appliance that is used with it, and ends. */
const passwordProgram = `
  import { openConsole } from './main/console-host/open-console.ts'
  const opened = await openConsole(process.env)
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  const { client, owner, close } = opened.value
  const offered = await client.desk.offerPassword({ password: 'hunter2' })
  const address = { host: '127.0.0.1', port: Number(process.argv[2]), user: 'ops' }
  const { credentialId } = offered.value
  const saved = await client.product.appliances.save({ name: 'ward', target: { by: 'address', address, credentialId } })
  console.log((owner ? 'owner' : 'guest') + (saved.ok ? ' saved' : ' failed'))
  await close(() => undefined)
`

/** Resolves when it has become owner or guest, as expected. */
async function startConsole(home: string, part: 'owner' | 'guest' = 'owner'): Promise<RunningChild> {
  const child = await startChild(consoleProgram, [], { RACKSIDE_HOME: home, HOME: home })
  expect(await child.line()).toBe(part)
  return child
}

async function listen(onConnection: () => void = () => undefined): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
    onConnection()
  })
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, port: (server.address() as { port: number }).port }
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const { server, port } = await listen()
  await new Promise((resolve) => server.close(resolve))
  return port
}

const cli = (home: string, line: string, input = '', cwd = home) => runCli(line.split(' '), { home, input, cwd })

describe('a second process', () => {
  it('uses the console of the first, which keeps what only it knows', async () => {
    const home = temporaryFolder()
    const owner = await startConsole(home)
    const port = await closedPort()
    // The password stays in the memory of the owner: the appliance can be used by name while that one lives.
    const saving = await startChild(passwordProgram, [String(port)], { RACKSIDE_HOME: home, HOME: home })
    expect(await saving.line()).toBe('guest saved')
    const first = await cli(home, 'status ward --json')
    expect([first.code, first.json()['failure']]).toEqual([
      exitCodes['host-unreachable'],
      { kind: 'host-unreachable', host: '127.0.0.1', port, reason: 'refused' },
    ])
    owner.kill('SIGKILL')
    await owner.ended
    expect((await cli(home, 'status ward')).code).toBe(exitCodes['credential-unknown'])
  })

  it('is a guest as long as the owner lives, and the owner after that', async () => {
    const home = temporaryFolder()
    const [first, second] = [await startConsole(home), await startConsole(home, 'guest')]
    first.kill('SIGKILL')
    expect(await second.line()).toBe('owner gone')
    await startConsole(home)
  })

  it.each(['Application Support', '门诊:1', 'a#b?c%41'])('works in a folder named %j', async (name) => {
    const home = join(temporaryFolder(), name)
    mkdirSync(home, { mode: 0o700 })
    await startConsole(home)
    await startConsole(home, 'guest')
  })

  it('hands over paths as they are where it stands, not where the owner stands', async () => {
    const home = temporaryFolder()
    await startConsole(home)
    const elsewhere = temporaryFolder()
    mkdirSync(join(elsewhere, 'bundle'))
    const { code, json } = await cli(home, 'plan local --solution ward --from ./bundle --json', '', elsewhere)
    expect([code, json()['failure']]).toEqual([40, expect.objectContaining({ folder: join(elsewhere, 'bundle') })])
  })

  it('at the same moment finds the other one', async () => {
    const home = temporaryFolder()
    const runs = await Promise.all(Array.from({ length: 4 }, () => cli(home, 'status nobody --json')))
    expect(runs.map((run) => run.code)).toEqual(Array(4).fill(exitCodes['appliance-unknown']))
  })
})

describe('an owner', () => {
  it('that is killed in the middle of a call is told to the guest at once', async () => {
    const home = temporaryFolder()
    const owner = await startConsole(home)
    let dialled = () => {}
    const connected = new Promise<void>((resolve) => {
      dialled = resolve
    })
    const { port } = await listen(() => dialled())
    const guest = cli(home, `detect ssh://ops@127.0.0.1:${port} --password-stdin --json`, 'x\n')
    await connected
    const killed = performance.now()
    owner.kill('SIGKILL')
    const { code, json } = await guest
    expect(code).toBe(exitCodes['owner-gone'])
    expect(json()).toMatchObject({ failure: { kind: 'owner-gone' }, exitCode: 65 })
    expect(performance.now() - killed).toBeLessThan(6000)
  })

  it('that wants to end waits for its guests, says so, and leaves nothing running', async () => {
    const home = temporaryFolder()
    const [owner, guest] = [await startConsole(home), await startConsole(home, 'guest')]
    owner.process.stdin?.write('x')
    expect(await owner.line()).toBe('waiting for 1')
    guest.process.stdin?.write('x')
    expect(await owner.line()).toBe('closed')
    expect(await Promise.all([owner.ended, guest.ended])).toEqual([0, 0])
    expect((await cli(home, 'status nobody')).code).toBe(exitCodes['appliance-unknown'])
  })

  it('keeps its socket where nobody else may go', async () => {
    const home = temporaryFolder()
    await startConsole(home)
    expect(statSync(home).mode & 0o077).toBe(0)
    expect(statSync(join(home, 'owner.sock')).isSocket()).toBe(true)
  })

  it('that does not answer is given up after some seconds, with its own exit code', async () => {
    const home = temporaryFolder()
    const owner = await startConsole(home)
    owner.kill('SIGSTOP')
    const { code, seconds } = await cli(home, 'status nobody')
    expect(code).toBe(exitCodes['owner-gone'])
    expect(seconds).toBeLessThan(15)
  })
})
