// A run and the windows of the desktop shell, in real Electron: closing the last window does not end a run, quitting
// asks, a second start shows what is there, and a page that breaks is loaded again. The dialogs are answered by the test.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ElectronApplication } from 'playwright-core'
import { expect, it } from 'vitest'
import { electronEnvironment, electronProgram, electronWords } from '../support/electron.ts'
import { aRun, pretendDesktops, until, watchSystem } from '../support/pretend-desktop.ts'

const desktops = pretendDesktops()

const closeWindow = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())

const setRuns = (electron: ElectronApplication, runs: readonly (typeof aRun)[]) =>
  electron.evaluate((_electron, given) => {
    globalThis.pretend.runs = [...given]
  }, runs)

const setTray = (electron: ElectronApplication) =>
  electron.evaluate(() => {
    globalThis.pretend.tray = true
  })

const questions = (electron: ElectronApplication) => electron.evaluate(() => globalThis.seen.questions)

/** The process may be gone before it can answer; how it ended is what the test looks at. */
const quitForGood = (electron: ElectronApplication) => electron.evaluate(({ app }) => app.quit()).catch(() => undefined)

const isVisible = (electron: ElectronApplication) =>
  electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()))

it('ends with its last window when no run goes on, and closes the console first', async () => {
  const { electron, ended, output } = await desktops.open()
  await closeWindow(electron)
  expect(await ended).toBe(0)
  expect(output()).toContain('the console is closed')
})

it('lives on in the tray while a run goes on, says so, and opens again from there', async () => {
  const { electron, ended } = await desktops.open()
  await watchSystem(electron)
  await setTray(electron)
  await setRuns(electron, [aRun])
  await closeWindow(electron)
  await until(
    () => isVisible(electron),
    ([visible]) => visible === false,
  )
  const menu = () =>
    electron.evaluate(() => globalThis.seen.menus.at(-1)?.map(({ label, enabled }) => ({ label, enabled })) ?? [])
  expect(await menu()).toEqual([
    { label: 'Setting up clinic-starter on 10.0.0.9:22', enabled: false },
    expect.objectContaining({ label: '' }),
    { label: 'Open Rackside', enabled: true },
    { label: 'Quit', enabled: true },
  ])
  expect(await electron.evaluate(() => globalThis.seen.notifications)).toEqual([
    'The setup goes on: Rackside stays in the tray.',
  ])
  await setRuns(electron, [{ ...aRun, state: 'done', verdict: 'healthy' }])
  await until(menu, ([state]) => state?.label === 'clinic-starter on 10.0.0.9:22: setup ended')
  expect(await electron.evaluate(() => globalThis.seen.notifications)).toHaveLength(2)
  await electron.evaluate(() => globalThis.seen.menus.at(-1)?.[2]?.click())
  await until(
    () => isVisible(electron),
    ([visible]) => visible === true,
  )
  await closeWindow(electron)
  expect(await ended).toBe(0)
})

it('keeps a minimized window where no tray icon would be seen', async () => {
  const { electron, output } = await desktops.open()
  await watchSystem(electron)
  await setRuns(electron, [aRun])
  await electron.evaluate(({ BrowserWindow }) => {
    const { prototype } = BrowserWindow
    const { minimize } = prototype
    prototype.minimize = function () {
      Object.assign(globalThis, { minimized: true })
      minimize.call(this)
    }
  })
  await closeWindow(electron)
  await until(
    () => electron.evaluate(() => globalThis.seen.notifications),
    (said) => said.length > 0,
  )
  expect(await electron.evaluate(() => globalThis.seen.notifications)).toEqual([
    'The setup goes on: Rackside stays minimized.',
  ])
  expect(await electron.evaluate(() => Reflect.get(globalThis, 'minimized'))).toBe(true)
  expect(await electron.evaluate(() => globalThis.seen.menus)).toEqual([])
  expect(output()).not.toContain('the console is closed')
})

it('asks before it quits during a run, and keeps running unless told otherwise', async () => {
  const { electron, ended, output } = await desktops.open()
  await watchSystem(electron, [0, 1])
  await setRuns(electron, [aRun])
  await electron.evaluate(({ app }) => app.quit())
  const [asked] = await until(
    () => questions(electron),
    (all) => all.length === 1,
  )
  expect(asked).toEqual({
    message: 'A setup is going on.',
    detail: expect.stringContaining('the current step finishes on the server'),
    buttons: ['Keep running', 'Quit'],
  })
  expect(await isVisible(electron)).toEqual([true])
  expect(output()).not.toContain('the console is closed')
  await quitForGood(electron)
  expect(await ended).toBe(0)
  expect(output()).toContain('the console is closed')
})

it('asks before it quits between the rings of a rollout, and says how many are still to come', async () => {
  const { electron, ended } = await desktops.open()
  await watchSystem(electron, [0, 1])
  const waiting = { name: 'w2', demo: false, ring: 2, stand: { state: 'waiting' as const } }
  await electron.evaluate(
    (_electron, members) => {
      globalThis.pretend.rollouts = [{ state: 'running', members } as never]
    },
    [waiting, { ...waiting, name: 'w3' }],
  )
  await electron.evaluate(({ app }) => app.quit())
  const [asked] = await until(
    () => questions(electron),
    (all) => all.length === 1,
  )
  expect(asked).toEqual({
    message: expect.stringContaining('0 being set up now, 2 still to come'),
    detail: expect.stringContaining('no other appliance is begun'),
    buttons: ['Keep running', 'Quit'],
  })
  await quitForGood(electron)
  expect(await ended).toBe(0)
})

it('ends without a question when the runs belong to another process', async () => {
  const { electron, ended } = await desktops.open()
  await watchSystem(electron)
  await setRuns(electron, [aRun])
  await electron.evaluate(() => {
    globalThis.pretend.owner = false
  })
  await closeWindow(electron)
  expect(await ended).toBe(0)
})

it('holds off sleep while a run goes on, and no longer', async () => {
  const { electron } = await desktops.open()
  await watchSystem(electron)
  const held = () => electron.evaluate(() => globalThis.seen.heldAwake)
  expect(await held()).toBe(0)
  await setRuns(electron, [aRun])
  await until(held, (count) => count === 1)
  await setRuns(electron, [{ ...aRun, state: 'failed' }])
  await until(held, (count) => count === 0)
})

it('speaks the language of the computer', async () => {
  const { electron, page } = await desktops.open(['--lang=zh-CN'])
  await watchSystem(electron, [0])
  expect(await page.evaluate("pretendPage.window('about')")).toMatchObject({ value: { locale: 'zh-CN' } })
  await setRuns(electron, [aRun])
  await electron.evaluate(({ app }) => app.quit())
  const [asked] = await until(
    () => questions(electron),
    (all) => all.length === 1,
  )
  expect(asked?.buttons).toEqual(['继续运行', '退出'])
})

it('shows its window when it is started a second time, instead of another one', async () => {
  const { electron, environment } = await desktops.open()
  await watchSystem(electron)
  await setTray(electron)
  await setRuns(electron, [aRun])
  await closeWindow(electron)
  await until(
    () => isVisible(electron),
    ([visible]) => visible === false,
  )
  const display = desktops.display()
  if (display === undefined || electronProgram === undefined) throw new Error('no display')
  const start = { appFolder: desktops.appFolder(), display, environment }
  const second = spawn(electronProgram, electronWords(start), { env: electronEnvironment(start), stdio: 'ignore' })
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  expect(
    await until(
      () => isVisible(electron),
      ([visible]) => visible === true,
    ),
  ).toEqual([true])
})

it('opens another window when the page asks for it, and closes it without ending', async () => {
  const { electron, page } = await desktops.open()
  expect(await page.evaluate("pretendPage.window('openWindow')")).toEqual({ ok: true, value: { address: null } })
  expect(await isVisible(electron)).toEqual([true, true])
  await closeWindow(electron)
  await until(
    () => isVisible(electron),
    (all) => all.length === 1,
  )
  expect(await page.evaluate('1 + 1').catch(() => 2)).toBe(2)
})

it('gives the page an id for a folder that was chosen, and nothing where the dialog was cancelled', async () => {
  const { electron, page } = await desktops.open()
  await electron.evaluate(({ dialog }) => {
    const picked = [['/media/usb/bundle'], []]
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: picked.shift() ?? [] })
  })
  expect(await page.evaluate("pretendPage.window('chooseBundle')")).toEqual({
    ok: true,
    value: { bundleId: 'bundle-1' },
  })
  expect(await page.evaluate("pretendPage.window('chooseBundle')")).toEqual({ ok: true, value: null })
})

it('loads a page that crashed again, and asks when that does not mend it', async () => {
  const { electron } = await desktops.open()
  await watchSystem(electron, [0])
  const crash = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
  const linked = () =>
    electron.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return false
      return (await contents.executeJavaScript('pretendPage.ports.length > 0')) as boolean
    })
  for (const times of [1, 2, 3]) {
    await crash()
    const said = () => electron.evaluate(() => globalThis.seen.notifications.length)
    await until(said, (count) => count === times)
    await until(linked, (is) => is)
  }
  expect(await questions(electron)).toEqual([])
  await crash()
  const [asked] = await until(
    () => questions(electron),
    (all) => all.length === 1,
  )
  expect(asked).toMatchObject({
    message: 'The page of this window keeps breaking.',
    buttons: ['Load it again', 'Quit'],
  })
  await until(linked, (is) => is)
})
