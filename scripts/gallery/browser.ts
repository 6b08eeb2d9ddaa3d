// The browser that tests and the photographs of the gallery drive: the npm package's Chromium on Linux x64, elsewhere
// an installed Chrome or Edge. It never talks to anything but this machine.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { type BrowserProgram, unpackedChromium } from './browser-package.ts'

export interface Machine {
  readonly platform: NodeJS.Platform
  readonly architecture: string
  /** The package's Chromium is linked against glibc. */
  readonly glibc: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
}

export const thisMachine: Machine = {
  platform: process.platform,
  architecture: process.arch,
  glibc: existsSync('/lib64/ld-linux-x86-64.so.2'),
  environment: process.env,
}

export const runsPackagedBrowser = ({ platform, architecture, glibc }: Machine): boolean =>
  platform === 'linux' && architecture === 'x64' && glibc

/** Where Chrome, Chromium and Edge are installed, in the order in which they are taken. */
export function installedBrowsers({ platform, environment }: Machine): readonly string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    )
  }
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
    return programs.flatMap((program) => roots.map((root) => `${root}\\${program}`))
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'microsoft-edge']
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '')
  return ['/opt/google/chrome/chrome', ...names.flatMap((name) => folders.map((folder) => join(folder, name)))]
}

export type { Browser } from 'playwright-core'

const installed = installedBrowsers(thisMachine).find((path) => existsSync(path))

export const canOpenBrowser = runsPackagedBrowser(thisMachine) || installed !== undefined
export const browserNeeds = 'no Chrome or Edge is installed, and the packaged Chromium is for Linux x64 only'

/** The caller closes it. */
export async function openBrowser(): Promise<Browser> {
  const { executable, environment } = await browserProgram()
  return chromium.launch({
    executablePath: executable,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
      // Whatever a page names: no name but this machine's own is looked up.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
    env: { ...definedOnly(process.env), ...environment },
  })
}

async function browserProgram(): Promise<BrowserProgram> {
  if (runsPackagedBrowser(thisMachine)) return unpackedChromium()
  if (installed !== undefined) return { executable: installed, environment: {} }
  throw new Error(browserNeeds)
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
