// The web shell as a process: what it says, what it hands out, and how it ends. The page is not looked at here.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Contract } from '../../../shared/contract/contract.ts'
import type { WindowContract } from '../../../shared/contract/window.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { programFolder, type ShellProcess, startShell } from '../../support/shell-process.ts'
import { ask, dial, halfOpen } from '../../support/web-requests.ts'

type Calls = { product: ContractRouterClient<Contract>; window: ContractRouterClient<WindowContract> }

async function openPage(shell: ShellProcess) {
  const { port, origin, token } = await shell.address()
  const attempt = await dial(port, { origin, protocols: ['rackside.1', `rackside.token.${token}`] })
  if (!('open' in attempt)) throw new Error(`no link: ${JSON.stringify(attempt)}`)
  const calls: Calls = createORPCClient(new RPCLink({ websocket: attempt.open as never }))
  return { calls, port, origin, token, socket: attempt.open }
}

function words(processId: number): string {
  return readFileSync(`/proc/${processId}/cmdline`, 'utf8') + readFileSync(`/proc/${processId}/environ`, 'utf8')
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

describe('the web shell', () => {
  it('says its address in one line, a machine gets it in the first, and the page and its link are there', async () => {
    const shell = startShell(['web', '--no-open', '--json'])
    const { calls, port, origin, token } = await openPage(shell)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect((await ask(port, '/')).body).toContain('<!doctype html>')
    const about = await calls.window.about({})
    expect(about).toMatchObject({
      ok: true,
      value: { shell: 'web', dialogs: false, importFolder: expect.stringContaining('import') },
    })
    expect(await calls.product.appliances.list({})).toEqual({ ok: true, value: [] })
    const { chooseBundle, chooseBundleFile, chooseKeyFile } = calls.window
    expect([await chooseBundle({}), await chooseBundleFile({}), await chooseKeyFile({})]).toEqual([
      { ok: true, value: null },
      { ok: true, value: null },
      { ok: true, value: null },
    ])
    const { url } = JSON.parse(shell.said.stdout)
    expect(url).toMatch(new RegExp(`^${origin}/#code=[\\w-]{43}$`))
    expect(shell.said.stderr).toContain(url)
    expect(shell.said.stdout.trimEnd().split('\n')).toHaveLength(1)
  })

  it('says another address once the one it said was used, which is good once (P31)', async () => {
    const shell = startShell(['web', '--no-open', '--json'])
    const { port, origin, token, url } = await shell.address()
    await shell.until('For another window: ')
    const [, next] = shell.said.stderr.split('For another window: ')
    expect(next).toMatch(new RegExp(`^${origin}/#code=[\\w-]{43}\n$`))
    const redeem = (address = '') => {
      const body = JSON.stringify({ code: address.trim().split('=')[1] })
      return ask(port, '/session', { method: 'POST', headers: { origin, 'content-type': 'application/json' }, body })
    }
    expect(await redeem(url)).toMatchObject({ status: 403 })
    expect(JSON.parse((await redeem(next)).body)).toEqual({ token })
  })

  it('opens a second window by a code that is good once', async () => {
    const { calls, port, origin, token } = await openPage(startShell(['web', '--no-open', '--json']))
    const opened = await calls.window.openWindow({})
    const address = opened.ok ? opened.value.address : null
    expect(address).toMatch(new RegExp(`^${origin}/#code=[\\w-]{43}$`))
    const headers = { origin, 'content-type': 'application/json' }
    const body = JSON.stringify({ code: address?.split('=')[1] })
    const answer = await ask(port, '/session', { method: 'POST', headers, body })
    expect(JSON.parse(answer.body)).toEqual({ token })
    expect(await ask(port, '/session', { method: 'POST', headers, body })).toMatchObject({ status: 403 })
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'ends at once and well on %s, with its windows told',
    async (signal) => {
      const shell = startShell(['web', '--no-open', '--json'])
      const { socket } = await openPage(shell)
      const told = new Promise((resolve) => socket.once('close', (code) => resolve(code)))
      const began = performance.now()
      shell.kill(signal)
      expect([await told, await shell.ended]).toEqual([1001, 0])
      expect(performance.now() - began).toBeLessThan(3000)
      expect(shell.said.stderr.trimEnd().split('\n').at(-1)).toBe(wordsOf('en').shells.ended)
    },
  )

  it('ends on SIGTERM though a stranger keeps its refused upgrade open', async () => {
    const shell = startShell(['web', '--no-open', '--json'])
    const { port } = await shell.address()
    const upgrade = 'GET /x HTTP/1.1\r\nHost: evil\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    expect((await halfOpen(port, upgrade)).text).toContain('403 Forbidden')
    const began = performance.now()
    shell.kill('SIGTERM')
    expect(await shell.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(3000)
  })

  it('says that its port is busy, in its exit code too', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const shell = startShell(['web', '--no-open', '--port', `${port}`])
    expect(await shell.ended).toBe(68)
    expect([shell.said.stdout, shell.said.stderr.includes(`Port ${port} `)]).toEqual(['', true])
  })

  it('takes the port it is given', async () => {
    const first = startShell(['web', '--no-open', '--json'])
    const { port } = await first.address()
    first.kill('SIGTERM')
    await first.ended
    expect((await startShell(['web', '--no-open', '--json', '--port', `${port}`]).address()).port).toBe(port)
  })

  it.each([
    [['--import', '/nowhere/at/all'], 40],
    [['--port', 'http'], 2],
    [['--listen', '0.0.0.0'], 2],
  ])('ends with what is wrong about %j', async (bad, code) => {
    const shell = startShell(['web', '--no-open', ...bad])
    expect([await shell.ended, shell.said.stdout]).toEqual([code, ''])
    expect(shell.said.stderr.length).toBeGreaterThan(20)
  })

  it('works beside another one of the same user, and goes on when that one ends', async () => {
    const first = startShell(['web', '--no-open', '--json'])
    await first.address()
    const second = startShell(['web', '--no-open', '--json'], { home: first.home })
    const { calls } = await openPage(second)
    expect(await calls.product.appliances.list({})).toEqual({ ok: true, value: [] })
    first.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    await vi.waitFor(
      async () => expect(await calls.product.appliances.list({})).toEqual({ ok: true, value: [] }),
      10_000,
    )
    second.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })
})

describe('the key of the web shell', () => {
  it('is nowhere: in no line for a person, no file, no process list, no answer (P31)', async () => {
    const browser = programFolder(
      'xdg-open',
      'printf "%s" "$*" >"$HOME/opened.new"; mv "$HOME/opened.new" "$HOME/opened"; exec sleep 600',
    )
    const environment = { PATH: `${browser}:/usr/bin:/bin`, DISPLAY: ':99' }
    const shell = startShell(['web', '--json'], { environment })
    const { token, origin, port } = await shell.address()
    const opened = join(shell.home, 'opened')
    await vi.waitFor(() => expect(existsSync(opened)).toBe(true), 5000)
    expect(readFileSync(opened, 'utf8')).toMatch(new RegExp(`^${origin}/#code=[\\w-]{43}$`))
    expect(words(shell.processId)).not.toContain(token)
    const files = filesBelow(shell.home)
    expect(files.filter((file) => readFileSync(file).includes(token))).toEqual([])
    await ask(port, `/?token=${token}`)
    await ask(port, '/', { headers: { referer: `${origin}/#token=${token}` } })
    expect(`${shell.said.stderr}${shell.said.stdout}`).not.toContain(token)
  })
})

describe('the browser of the web shell', () => {
  it('may hang: nobody waits for it', async () => {
    const browser = programFolder('xdg-open', 'echo $$ >"$HOME/browser"; exec sleep 600')
    const shell = startShell(['web', '--json'], { environment: { PATH: `${browser}:/usr/bin:/bin`, DISPLAY: ':99' } })
    await shell.until('Rackside opens in your browser')
    const file = join(shell.home, 'browser')
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/\d\n/), 5000)
    onTestFinished(() => void process.kill(Number(readFileSync(file, 'utf8'))))
    shell.kill('SIGTERM')
    expect(await shell.ended).toBe(0)
  })

  it('may fail: then the person is asked to open the address by hand', async () => {
    const browser = programFolder('xdg-open', 'exit 4')
    const shell = startShell(['web'], { environment: { PATH: `${browser}:/usr/bin:/bin`, DISPLAY: ':99' } })
    await shell.until('The browser did not start')
    shell.kill('SIGTERM')
    expect(await shell.ended).toBe(0)
  })

  it('may not be there: then the one line says to open the address', async () => {
    const shell = startShell(['web'], { environment: { PATH: '/nowhere', DISPLAY: ':99' } })
    await shell.until(/Open this address in a browser on this computer: http:.*\n/)
    expect(shell.said.stdout.trimEnd().split('\n')).toHaveLength(1)
    shell.kill('SIGTERM')
    expect(await shell.ended).toBe(0)
  })
})
