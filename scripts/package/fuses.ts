// What is switched on and off in the Electron binary of a package, before it is signed: electron-builder calls this after
// it has put a package together (P25). Every fuse is named with its reason. One that a newer @electron/fuses knows does
// not compile without a line here, and one that a newer Electron has stops the packaging.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FuseV1Options } from '@electron/fuses'

/** Those of the version of @electron/fuses that runs on the oldest Node we build with, and those that came since. */
export type FuseName = keyof typeof FuseV1Options | 'WasmTrapHandlers'

export const fuses: Readonly<Record<FuseName, boolean>> = {
  // The program is no Node for whoever wants to run something in the name of Rackside. Nothing of ours forks it.
  RunAsNode: false,
  // There are no cookies; should there ever be one, then not in plain text.
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // On macOS and Windows. Linux has no such check: there the package belongs to root.
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  // There is only the snapshot that comes with Electron.
  LoadBrowserProcessSpecificV8Snapshot: false,
  // The page comes over a protocol of its own, never over file://.
  GrantFileProtocolExtraPrivileges: false,
  // Chromium's own way, as fast as it is safe.
  WasmTrapHandlers: true,
}

/** The places of the fuses in the binary. */
const order: readonly FuseName[] = [
  ...(['RunAsNode', 'EnableCookieEncryption', 'EnableNodeOptionsEnvironmentVariable'] as const),
  ...(['EnableNodeCliInspectArguments', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'] as const),
  ...(['LoadBrowserProcessSpecificV8Snapshot', 'GrantFileProtocolExtraPrivileges', 'WasmTrapHandlers'] as const),
]

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
const states = { on: 0x31, off: 0x30, removed: 0x72 }

/** `removed`: this version of Electron does not ask it any more. */
export type FuseState = keyof typeof states

type Fuse = { readonly name: FuseName; readonly at: number }

/** The fuses of a binary as they are. */
export function readFuses(binary: string): Partial<Record<FuseName, FuseState>> {
  const bytes = readFileSync(binary)
  const [wire = []] = wiresIn(bytes, binary)
  return Object.fromEntries(wire.map(({ name, at }) => [name, nameOfState(bytes[at])]))
}

/** Every fuse of the binary, as it was decided. */
export function setFuses(binary: string): void {
  const bytes = readFileSync(binary)
  for (const { name, at } of wiresIn(bytes, binary).flat()) {
    if (bytes[at] !== states.removed) bytes[at] = fuses[name] ? states.on : states.off
  }
  writeFileSync(binary, bytes)
}

/** A universal binary of macOS has two. */
function wiresIn(bytes: Buffer, binary: string): Fuse[][] {
  const wires: Fuse[][] = []
  for (let at = bytes.indexOf(sentinel); at !== -1; at = bytes.indexOf(sentinel, at + sentinel.length)) {
    wires.push(wireAt(bytes, at + sentinel.length))
  }
  if (wires.length === 0) throw new Error(`${binary} has no fuses`)
  return wires
}

function wireAt(bytes: Buffer, start: number): Fuse[] {
  const [version, length = 0] = bytes.subarray(start, start + 2)
  if (version !== 1) throw new Error(`fuses of version ${version}: only version 1 is known`)
  return Array.from({ length }, (_, place) => {
    const name = order[place]
    if (name === undefined) throw new Error(`this Electron has a fuse ${place} that nobody decided on`)
    return { name, at: start + 2 + place }
  })
}

function nameOfState(byte: number | undefined): FuseState {
  if (byte === states.removed) return 'removed'
  return byte === states.on ? 'on' : 'off'
}

type Packed = {
  readonly appOutDir: string
  readonly electronPlatformName: string
  readonly packager: { readonly executableName?: string; readonly appInfo: { readonly productFilename: string } }
}

/** The hook of electron-builder. Electron's own page for nobody's program goes as well. */
export function afterPack({ appOutDir, electronPlatformName, packager }: Packed): void {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin') {
    const inside = join(appOutDir, `${productFilename}.app`, 'Contents')
    rmSync(join(inside, 'Resources', 'default_app.asar'), { force: true })
    setFuses(join(inside, 'Frameworks', 'Electron Framework.framework', 'Electron Framework'))
    return
  }
  rmSync(join(appOutDir, 'resources', 'default_app.asar'), { force: true })
  const name =
    electronPlatformName === 'win32' ? `${productFilename}.exe` : (packager.executableName ?? productFilename)
  setFuses(join(appOutDir, name))
}
