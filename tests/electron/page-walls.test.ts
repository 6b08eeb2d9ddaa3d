// What a page of the desktop window gets, in real Electron, and everything it does not get. Each way out is tried from
// within the page, against a server that counts whoever comes.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronApplication } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { pretendDesktops, until } from '../support/pretend-desktop.ts'

const desktops = pretendDesktops()

/** A server on this computer that no page must reach. */
async function countingServer(): Promise<{ port: number; connections: () => number }> {
  let connections = 0
  const server = createServer((_request, response) => response.end('reached'))
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}

it('shows the page from its own scheme and answers its calls over the port', async () => {
  const { page } = await desktops.open()
  expect(page.url()).toBe('rackside://app/')
  expect(await page.evaluate("pretendPage.window('about')")).toMatchObject({
    ok: true,
    value: { shell: 'desktop', locale: 'en-US' },
  })
})

it('gives the page nothing of Node and one function of the shell', async () => {
  const { page } = await desktops.open()
  const found = '[typeof process, typeof require, typeof module, typeof Buffer, Object.keys(racksideBridge).join()]'
  expect(await page.evaluate(found)).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'connect'])
})

it('sends the policy with every answer and serves nothing but its list', async () => {
  const { page } = await desktops.open()
  const ask = (path: string, method = 'GET') =>
    page.evaluate<{ status: number; policy: string }>(
      `fetch(${JSON.stringify(path)}, { method: '${method}' })
        .then((r) => ({ status: r.status, policy: r.headers.get('content-security-policy') }))`,
    )
  expect((await ask('/page.js')).status).toBe(200)
  for (const path of ['/main.mjs', '/../main.mjs', '/%2e%2e/main.mjs', '/..%2fmain.mjs', '/page.js/']) {
    const { status, policy } = await ask(path)
    expect([path, status]).toEqual([path, 404])
    expect(policy).toContain("default-src 'none'; script-src 'self'")
  }
  expect((await ask('/', 'POST')).status).toBe(405)
  await expect(ask('rackside://elsewhere/page.js')).rejects.toThrow(/Failed to fetch/)
})

it('runs no script that is not a file of its own', async () => {
  const { page } = await desktops.open()
  const refused = await page.evaluate(`new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.body.append(script)
  })`)
  expect(refused).toBe('script-src-elem')
  expect(await page.evaluate('typeof injected')).toBe('undefined')
})

it('reaches no network: not by fetch, socket, picture or beacon, and not even without its policy', async () => {
  const { page, electron } = await desktops.open()
  const { port, connections } = await countingServer()
  const at = `127.0.0.1:${port}`
  const tried = await page.evaluate(`Promise.all([
    fetch('http://${at}/').then(() => 'reached', (error) => error.name),
    new Promise((resolve) => {
      const socket = new WebSocket('ws://${at}/')
      socket.onopen = () => resolve('reached')
      socket.onerror = () => resolve('refused')
    }),
    new Promise((resolve) => {
      const picture = new Image()
      picture.onload = () => resolve('reached')
      picture.onerror = () => resolve('refused')
      picture.src = 'http://${at}/a.png'
    }),
  ])`)
  expect(tried).toEqual(['TypeError', 'refused', 'refused'])
  await page.evaluate(`navigator.sendBeacon('http://${at}/', 'x')`)
  // The same session without any policy of a page.
  const direct = electron.evaluate(async ({ net }, url) => (await net.fetch(url)).status, `http://${at}/`)
  await expect(direct).rejects.toThrow(/ERR_BLOCKED_BY_CLIENT/)
  expect(connections()).toBe(0)
})

it('opens no connection for a call between browsers', async () => {
  const { page } = await desktops.open()
  const { port, connections } = await countingServer()
  const gathered = await page.evaluate(`new Promise((resolve) => {
    const server = { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'a', credential: 'b' }
    const peer = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' })
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve('complete')
    peer.createDataChannel('a')
    peer.createOffer().then((offer) => peer.setLocalDescription(offer))
  })`)
  expect(gathered).toBe('complete')
  expect(connections()).toBe(0)
})

/** Records what the main process hears of a page that wants to go somewhere or fetch a file; after the product's own listeners. */
function listenForLeaving(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ session, webContents }) => {
    const left: string[] = []
    Object.assign(globalThis, { left })
    for (const contents of webContents.getAllWebContents()) {
      contents.on('will-frame-navigate', (event) => void left.push(`${event.url} ${event.defaultPrevented}`))
    }
    session.defaultSession.on('will-download', (event, item) => {
      left.push(`${item.getURL()} ${event.defaultPrevented}`)
    })
  })
}

async function leavingHeard(electron: ElectronApplication, wanted: string): Promise<string | undefined> {
  const heard = () => electron.evaluate(() => Reflect.get(globalThis, 'left') as string[])
  const all = await until(heard, (left) => left.some((one) => one.startsWith(wanted)))
  return all.find((one) => one.startsWith(wanted))
}

it('goes nowhere and opens nothing', async () => {
  const { page, electron } = await desktops.open()
  await listenForLeaving(electron)
  const { port, connections } = await countingServer()
  // Chromium itself keeps a page from these two, before anybody is asked.
  for (const place of ['file:///etc/passwd', 'data:text/html,away'])
    await page.evaluate(`void (location.href = '${place}')`)
  for (const place of ['rackside://app/page.js', `http://127.0.0.1:${port}/`]) {
    await page.evaluate(`void (location.href = '${place}')`)
    expect(await leavingHeard(electron, place)).toBe(`${place} true`)
  }
  expect(await page.evaluate(`window.open('http://127.0.0.1:${port}/') === null`)).toBe(true)
  expect(await page.evaluate("window.open('rackside://app/') === null")).toBe(true)
  await page.evaluate(
    "document.body.append(Object.assign(document.createElement('webview'), { src: 'rackside://app/' }))",
  )
  expect(await electron.evaluate(({ webContents }) => webContents.getAllWebContents().map((c) => c.getURL()))).toEqual([
    'rackside://app/',
  ])
  expect(connections()).toBe(0)
})

it('saves no file', async () => {
  const { page, electron } = await desktops.open()
  await listenForLeaving(electron)
  await page.evaluate("Object.assign(document.createElement('a'), { href: '/page.js', download: 'page.js' }).click()")
  expect(await leavingHeard(electron, 'rackside://app/page.js')).toBe('rackside://app/page.js true')
})

it('is granted nothing but writing text to the clipboard', async () => {
  const { page } = await desktops.open(['--use-fake-device-for-media-stream'])
  const answers = await page.evaluate(`Promise.all([
    Notification.requestPermission(),
    navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', (error) => error.name),
    new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve('granted'), (e) => resolve(e.code))),
    navigator.permissions.query({ name: 'clipboard-read' }).then((p) => p.state),
    navigator.permissions.query({ name: 'clipboard-write' }).then((p) => p.state),
    navigator.serial.requestPort().then(() => 'granted', (error) => error.name),
  ])`)
  expect(answers).toEqual(['denied', 'NotAllowedError', 1, 'denied', 'granted', expect.stringMatching(/Error$/)])
})

/**
 * How many ports a page gets that asks for one: a message after which it has surely arrived is sent behind it, with two
 * ports to tell it by. `preload`: asked from a window of its own that only has the product's preload.
 */
function portsGiven(electron: ElectronApplication, preload?: string): Promise<number> {
  return electron.evaluate(async ({ BrowserWindow, MessageChannelMain }, file) => {
    const [ours] = BrowserWindow.getAllWindows()
    const foreign = file && new BrowserWindow({ show: false, webPreferences: { preload: file, sandbox: true } })
    await (foreign || undefined)?.loadURL('rackside://app/')
    const contents = (foreign || ours)?.webContents
    if (contents === undefined) throw new Error('no window')
    const dealtWith = new Promise((resolve) => contents.ipc.once('rackside:connect', resolve))
    await contents.executeJavaScript(`globalThis.got = []
      globalThis.over = new Promise((resolve) => {
        addEventListener('message', (event) => {
          got.push(event.ports.length)
          if (event.ports.length === 2) resolve(got.filter((count) => count === 1).length)
        })
      })
      racksideBridge.connect()`)
    await dealtWith
    const [a, b] = [new MessageChannelMain(), new MessageChannelMain()]
    contents.mainFrame.postMessage('rackside:port', null, [a.port2, b.port2])
    const given = (await contents.executeJavaScript('over')) as number
    if (foreign) foreign.destroy()
    return given
  }, preload)
}

it('links the page of the product, and no other page that stands in its window', async () => {
  const { electron } = await desktops.open()
  expect(await portsGiven(electron)).toBe(1)
  await electron.evaluate(async ({ BrowserWindow }) => {
    await BrowserWindow.getAllWindows()[0]?.loadURL('rackside://app/page.js')
  })
  expect(await portsGiven(electron)).toBe(0)
})

it('has no link for a window that is not its own, nor for a frame inside the page', async () => {
  const { electron, page } = await desktops.open()
  expect(await portsGiven(electron, `${desktops.appFolder()}/preload.cjs`)).toBe(0)
  const framed = `(() => {
    const frame = document.createElement('iframe')
    document.body.append(frame)
    return typeof frame.contentWindow.racksideBridge
  })()`
  expect(await page.evaluate(framed)).toBe('undefined')
})

it('ends the port of a page that asks again or is loaded again', async () => {
  const { page } = await desktops.open()
  await page.evaluate(`new Promise((resolve) => {
    pretendPage.ports[0].addEventListener('close', resolve)
    pretendPage.connect()
  })`)
  await until(
    () => page.evaluate('pretendPage.ports.length'),
    (ports) => ports === 2,
  )
  await page.reload()
  expect(await page.evaluate("pretendPage.window('about')")).toMatchObject({ ok: true })
})

it('begins no sign-in by an identity provider, which a browser alone comes back from', async () => {
  const { page } = await desktops.open()
  expect(await page.evaluate("pretendPage.window('beginProviderSignIn', { purpose: 'sign-in' })")).toMatchObject({
    ok: false,
    failure: { kind: 'provider-unusable', problem: 'web-only' },
  })
})
