// The only importer of Electron, the sandboxed preload apart. Everything is locked by default here: pages are
// sandboxed, reach no network, open nothing and are granted nothing but what the rules say. What older or newer
// versions lack is looked for, not assumed.
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  Tray,
  type WebContents,
} from 'electron'
import { connectChannel, portChannel } from './channels.ts'
import type { DesktopWindow, PageRules, PickedFile, Platform, WindowEvents, WindowLook } from './platform-shape.ts'

/** Chromium talks to nobody: no name resolves, not even an address, and nothing is fetched behind our back. */
const quietSwitches: readonly (readonly [name: string, value?: string])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-http-cache'],
  ['no-pings'],
]

const shownNotifications = new Set<Notification>()
/** From then on windows go because the process does, and nobody decides about that any more. */
let exiting = false

export const electronPlatform: Platform = {
  system: process.platform,
  prepare(profileFolder, scheme) {
    app.setName('Rackside')
    app.setPath('userData', profileFolder)
    app.setPath('sessionData', profileFolder)
    for (const [name, value] of quietSwitches) app.commandLine.appendSwitch(name, value)
    protocol.registerSchemesAsPrivileged([
      { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    // Chromium has no sandbox for root; whoever starts it so has said so. Its pages stay isolated.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
    // Windows shows notifications of programs it knows by this name, the one of the package.
    if (process.platform === 'win32') app.setAppUserModelId('org.rackside.console')
    // Our own rules say what happens after the last window.
    app.on('window-all-closed', () => undefined)
  },
  claimInstance(onSecondStart) {
    app.on('second-instance', onSecondStart)
    return app.requestSingleInstanceLock()
  },
  async ready() {
    await app.whenReady()
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(process.platform)))
  },
  locale: () => app.getLocale(),
  lockPages,
  servePages: (scheme, answer) => session.defaultSession.protocol.handle(scheme, answer),
  openWindow,
  onQuit: (listener) => void app.on('before-quit', (event) => listener(() => event.preventDefault())),
  onActivate: (listener) => void app.on('activate', listener),
  tray(iconFile, acts) {
    const icon = nativeImage.createFromPath(iconFile)
    if (icon.isEmpty()) return undefined
    const tray = new Tray(icon)
    tray.setToolTip(app.getName())
    tray.on('click', acts.open)
    return {
      show({ open, state, quit }) {
        const items = [{ label: state, enabled: false }, { type: 'separator' as const }]
        const acting = [
          { label: open, click: acts.open },
          { label: quit, click: acts.quit },
        ]
        tray.setContextMenu(Menu.buildFromTemplate([...items, ...acting]))
        tray.setToolTip(state)
      },
      remove: () => tray.destroy(),
    }
  },
  notify(title, body, onClick) {
    if (!Notification.isSupported()) return
    const notification = new Notification({ title, body })
    // One that nobody holds is collected, and clicking it does nothing.
    shownNotifications.add(notification)
    notification.on('click', onClick)
    notification.on('close', () => shownNotifications.delete(notification))
    notification.show()
  },
  async ask({ message, detail, buttons }) {
    const options = { type: 'question' as const, message, detail, buttons: [...buttons], defaultId: 0, cancelId: 0 }
    const parent = frontWindow()
    const shown = parent === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options)
    return (await shown).response
  },
  async tellError(title, text) {
    // Before that, some systems would only write it to standard error.
    await app.whenReady()
    dialog.showErrorBox(title, text)
  },
  chooseFolder: (title) => choose(title, 'openDirectory'),
  chooseFile: (title) => choose(title, 'openFile'),
  async chooseSaved(title, name) {
    const options = { title, defaultPath: name, properties: ['showOverwriteConfirmation' as const] }
    const parent = frontWindow()
    const shown = parent === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options)
    const { canceled, filePath } = await shown
    return canceled || filePath === '' ? undefined : { path: filePath }
  },
  pageAsPdf: async () => frontWindow()?.webContents.printToPDF({ pageSize: 'A4', printBackground: true }),
  safeStore: () => safeStorage,
  holdAwake() {
    const id = powerSaveBlocker.start('prevent-app-suspension')
    return () => void powerSaveBlocker.stop(id)
  },
  exit(code) {
    exiting = true
    if (app.isReady()) session.defaultSession.flushStorageData()
    app.exit(code)
  },
}

function lockPages({ mayRequest, mayOpen, mayUse }: PageRules): void {
  const pages = session.defaultSession
  // Nothing of a page goes over a network, so nothing may look for a proxy either.
  void pages.setProxy({ mode: 'direct' })
  pages.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayRequest(details.url) }))
  pages.setPermissionRequestHandler((_contents, permission, decide) => decide(mayUse(permission)))
  pages.setPermissionCheckHandler((_contents, permission) => mayUse(permission))
  pages.setDevicePermissionHandler(() => false)
  pages.setCertificateVerifyProc((_request, decide) => decide(-2))
  pages.on('will-download', (event) => event.preventDefault())
  app.on('select-client-certificate', (event) => event.preventDefault())
  app.on('web-contents-created', (_event, contents) => lockContents(contents, mayOpen))
}

function lockContents(contents: WebContents, mayOpen: PageRules['mayOpen']): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !mayOpen(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
}

function openWindow({ title, preloadFile, iconFile }: WindowLook, events: WindowEvents): DesktopWindow {
  const window = new BrowserWindow({
    title,
    icon: nativeImage.createFromPath(iconFile),
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 600,
    show: false,
    // Until the page paints itself, in the colours it will have.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1419' : '#f5f7f9',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // A check of spelling would download its dictionaries.
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: false,
    },
  })
  if (process.platform !== 'darwin') window.setMenuBarVisibility(false)
  const { webContents } = window
  window.on('close', (event) => events.closing(() => event.preventDefault()))
  window.on('closed', () => {
    if (!exiting) events.closed()
  })
  webContents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) events.pageLeft()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    events.pageLeft()
    // The process of a window that closes ends as well.
    if (reason !== 'clean-exit') events.pageCrashed(reason)
  })
  webContents.on('unresponsive', events.pageHangs)
  webContents.ipc.on(connectChannel, ({ senderFrame }) => {
    if (senderFrame === null) return
    const sender = { mainFrame: senderFrame === webContents.mainFrame, url: senderFrame.url }
    events.linkWanted(sender, () => {
      const { port1, port2 } = new MessageChannelMain()
      senderFrame.postMessage(portChannel, null, [port2])
      return port1
    })
  })
  return {
    load: (address) => window.loadURL(address),
    reload: () => webContents.reload(),
    show() {
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    hide: () => window.hide(),
    minimize: () => window.minimize(),
    destroy: () => window.destroy(),
  }
}

async function choose(title: string, kind: 'openDirectory' | 'openFile'): Promise<PickedFile> {
  // Keys lie in ~/.ssh, which is hidden.
  const options = { title, properties: [kind, 'showHiddenFiles' as const] }
  const parent = frontWindow()
  const shown = parent === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options)
  const [path] = (await shown).filePaths
  return path === undefined ? undefined : { path }
}

/** A dialog hangs on the window somebody looks at; a hidden one would hide it. */
function frontWindow(): BrowserWindow | undefined {
  const focused = BrowserWindow.getFocusedWindow()
  if (focused !== null) return focused
  return BrowserWindow.getAllWindows().find((window) => window.isVisible() && !window.isMinimized())
}

/** Copy, paste and zoom work by their keys everywhere; only macOS shows the menu. */
function menuOf(system: NodeJS.Platform): Electron.MenuItemConstructorOptions[] {
  const view: Electron.MenuItemConstructorOptions = {
    label: app.getName(),
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  }
  const own: Electron.MenuItemConstructorOptions[] = system === 'darwin' ? [{ role: 'appMenu' }] : []
  return [...own, { role: 'editMenu' }, view, { role: 'windowMenu' }]
}
