// Runs before the page, in its sandbox. It exposes one function, and what that function gets is a port to the
// contract link; nothing of Electron or Node reaches the page.
//
// The agreement with renderer/console/link: `globalThis.racksideBridge.connect()` asks for a port. It arrives as
// a message event of the page's own window, from the page's own origin, with `data.rackside === 'port'` and the port
// as `ports[0]` (a context bridge cannot pass ports). A new `connect()` gives a new port and ends the one before; a
// page that is not Rackside's gets none. The console closing ends the port with its `close` event.
import { contextBridge, ipcRenderer } from 'electron'
import { connectChannel, portChannel } from './channels.ts'

/** The little of a page's window that is used here. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void
}

contextBridge.exposeInMainWorld('racksideBridge', { connect: () => ipcRenderer.send(connectChannel) })

ipcRenderer.on(portChannel, ({ ports }) => window.postMessage({ rackside: 'port' }, window.location.origin, ports))
