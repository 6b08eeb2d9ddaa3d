// What people install: the packed program, unpacked and out of the .deb, with the runtime of the tests. No source, no test
// and no tool in it; started, used, started twice, crashed, and gone without a trace beside its own state.
import { type ChildProcess, execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeUpdate } from '../../main/core/update/write-update.ts'
import { exitCodes } from '../../main/terminal/exit-codes.ts'
import { newSigningKey } from '../../main/trust/sign.ts'
import { processesOf } from '../../scripts/bench/processes-of.ts'
import { strangersIn } from '../../scripts/package/contents.ts'
import { fuses, readFuses } from '../../scripts/package/fuses.ts'
import type { Display } from '../support/display.ts'
import { fromButtonToProof } from '../support/e2e-demo.ts'
import { goTo } from '../support/e2e-window.ts'
import { displayForTests, electronProgram, endElectron, needsElectron, profileHome } from '../support/electron.ts'
import { filesUnder } from '../support/files-under.ts'
import {
  exitOf,
  type Installed,
  type InstalledStart,
  type Packages,
  packProduct,
  spawnInstalled,
  startInstalled,
  unpackDeb,
} from '../support/packaged.ts'
import { until } from '../support/pretend-desktop.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let display: Display | undefined
let folder: string
let packages: Packages
let installed: string

beforeAll(async () => {
  display = await displayForTests()
  if (display === undefined || electronProgram === undefined) return
  folder = mkdtempSync(join(tmpdir(), 'rackside-packages-'))
  packages = await packProduct(folder)
  installed = await unpackDeb(packages.deb, join(folder, 'root'))
}, 120_000)
beforeEach((context) => needsElectron(context, display))
afterAll(async () => {
  await display?.close()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

function startOf(place: string, home: string): InstalledStart {
  if (display === undefined) throw new Error('no display')
  const temporary = join(home, 'tmp')
  mkdirSync(temporary, { recursive: true })
  return { place, display, environment: { HOME: home, TMPDIR: temporary, RACKSIDE_HOME: join(home, 'state') } }
}

async function opened(place: string, home: string): Promise<Installed> {
  const one = await startInstalled(startOf(place, home))
  await one.page.getByRole('navigation').first().waitFor()
  return one
}

/** Everything that it left outside of its state folder. GTK keeps the settings of the desktop it runs on in one file. */
const strayFiles = (home: string) =>
  filesUnder(home).filter((path) => !path.startsWith('state/') && path !== '.cache/dconf/user')

/** All that it says from now on. */
function textOf(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  return () => text
}

/** As its window is closed, or as the system ends it. */
const endings = {
  closing: ({ page }: Installed) => page.close(),
  signal: async ({ child }: Installed) => void child.kill('SIGTERM'),
}

describe('the archive of the program', () => {
  it('holds built files, what they run with, resources and terms, and nothing else', () => {
    const files = listPackage(join(packages.unpacked, 'resources', 'app.asar'), { isPack: false })
    expect(files).toContain('/dist/electron/main.mjs')
    expect(files).toContain('/dist/renderer/index.html')
    expect(strangersIn(files)).toEqual([])
  })

  it('has the terms and the list of its parts beside the program', () => {
    const bill = JSON.parse(readFileSync(join(packages.unpacked, 'sbom.cdx.json'), 'utf8'))
    const terms = readFileSync(join(packages.unpacked, 'THIRD-PARTY-LICENCES.txt'), 'utf8')
    const parts: { name: string; version: string }[] = bill.components
    expect(parts.length).toBeGreaterThan(100)
    const unnamed = parts.filter(({ name, version }) => !terms.includes(`${name} ${version} (`))
    expect(unnamed).toEqual([])
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'ssh2', 'libsql', 'electron']))
    expect(parts.map(({ name }) => name)).not.toContain('vitest')
  })

  it('has the fuses that were decided on, every one of them', () => {
    const wire = readFuses(join(packages.unpacked, 'rackside'))
    const wanted = Object.entries(fuses).map(([name, on]) => [name, on ? 'on' : 'off'])
    // The runtime of the tests is older than the last fuse.
    expect({ ...wire, WasmTrapHandlers: 'on' }).toEqual(Object.fromEntries(wanted))
  })
})

describe('the package for Debian', () => {
  const told = (...words: string[]) => execFileSync('dpkg-deb', [...words], { encoding: 'utf8' })

  it('says what it is and what it needs', () => {
    const field = (name: string) => told('--field', packages.deb, name).trim()
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'))
    expect([field('Package'), field('Version'), field('Maintainer')]).toEqual([
      'rackside',
      version,
      expect.stringMatching(/^.+ <.+@.+>$/),
    ])
    expect(field('Depends')).toContain('libnss3')
    expect(basename(packages.deb)).toBe(`rackside-${version}-linux-amd64.deb`)
  })

  it('belongs to root, and nobody else can change a file of it', () => {
    const lines = told('--contents', packages.deb).trim().split('\n')
    expect(lines.length).toBeGreaterThan(50)
    // Its own script makes the helper of the sandbox one of root's where the system has no other way.
    const odd = lines.filter((line) => !/^[-dl]r[w-][x-]r-[x-]r-[x-] root\/root /.test(line) && !line.startsWith('l'))
    expect(odd).toEqual([])
  })
})

describe.each([
  ['unpacked', () => packages.unpacked, 'signal'],
  ['out of the .deb', () => installed, 'closing'],
] as const)('the program %s', (_name, placeOf, ending) => {
  it('does the demo journey, shows its window once, and leaves no process and no file', {
    timeout: 90_000,
  }, async () => {
    const [place, home] = [placeOf(), profileHome()]
    const first = await opened(place, home)
    try {
      await fromButtonToProof({ page: first.page, look: async () => undefined })
      await goTo(first.page, '/settings')
      await first.page
        .getByText(/^\d+\.\d+\.\d+ \([0-9a-f]{12}/)
        .first()
        .waitFor()
      const second = spawnInstalled(startOf(place, home))
      expect(await exitOf(second)).toBe(0)
      expect(first.child.exitCode).toBeNull()
      await first.page.getByRole('link', { name: 'Appliances' }).first().waitFor()
      await endings[ending](first)
      expect(await first.ended).toBe(0)
      await until(
        async () => processesOf(place).length,
        (count) => count === 0,
      )
    } finally {
      await endElectron(first.child, first.ended)
    }
    expect(strayFiles(home)).toEqual([])
    expect(readdirSync(join(home, 'tmp'))).toEqual([])
  })
})

describe('the installed program', () => {
  it('says of which sources it was built', async () => {
    const child = spawnInstalled(startOf(installed, profileHome()), ['--version'])
    const said = textOf(child)
    expect(await exitOf(child)).toBe(0)
    expect(said()).toMatch(/^\d+\.\d+\.\d+ \([0-9a-f]{12}(?: with changes)? of \d{4}-\d{2}-\d{2}\)$/m)
  })

  it('takes no update that nobody it knows has signed, and says so where it was asked', async () => {
    const stick = temporaryFolder()
    const wish = { version: '99.0.0', publishedAt: '2026-11-01T00:00:00Z', expires: '2999-11-01T00:00:00Z' }
    copyFileSync(packages.deb, join(stick, basename(packages.deb)))
    const key = newSigningKey().export({ format: 'pem', type: 'pkcs8' }).toString()
    const { file } = writeUpdate({ ...wish, packages: [join(stick, basename(packages.deb))], key })
    const child = spawnInstalled(startOf(installed, profileHome()), ['update', 'take', file])
    const said = textOf(child)
    expect(await exitOf(child)).toBe(exitCodes['update-unusable'])
    expect(said()).toContain(`The update ${file} is not taken`)
  })

  it.each([
    ['is no Node for scripts', { ELECTRON_RUN_AS_NODE: '1' }, ['-e', 'console.log("ran as Node")']],
    ['takes no options of Node', { NODE_OPTIONS: '--require=/dev/null/planted.js' }, ['--version']],
    ['lets nobody inspect it', {}, ['--inspect=0', '--version']],
  ])('%s', async (_name, environment, words) => {
    const start = startOf(installed, profileHome())
    const child = spawnInstalled({ ...start, environment: { ...start.environment, ...environment } }, [
      ...words,
      '--version',
    ])
    const said = textOf(child)
    expect(await exitOf(child)).toBe(0)
    expect(said()).toMatch(/^\d+\.\d+\.\d+ \(/m)
    expect(said()).not.toMatch(/ran as Node|Debugger listening|planted/)
  })

  it('writes no dump when a page of it crashes: nothing of its memory is ever on the disk', async () => {
    const home = profileHome()
    const one = await opened(installed, home)
    try {
      const crashed = one.page.waitForEvent('crash')
      const cdp = await one.page.context().newCDPSession(one.page)
      cdp.send('Page.crash').catch(() => undefined)
      await crashed
      one.child.kill('SIGTERM')
      await one.ended
    } finally {
      await endElectron(one.child, one.ended)
    }
    const left = filesUnder(home)
    expect(left.some((path) => path.startsWith('state/window/'))).toBe(true)
    // Chromium makes the folder and an id for reports that are never made.
    const ofCrashes = left.filter((path) => /\.dmp$|crashpad|(?:^|\/)core(?:\.\d+)?$/i.test(path))
    expect(ofCrashes.filter((path) => path !== 'state/window/Crashpad/client_id')).toEqual([])
  })
})
