// Fetching the Electron runtime with the package's real installer, from mirrors as networks make them. Whatever
// happens, the package has a whole runtime afterwards or none, and nothing is left aside.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installedProgram } from '../../../main/shells/start/electron-runtime.ts'
import { fetchRuntime } from '../../../main/shells/start/fetch-runtime.ts'
import { electronPackage, mirror, runtimeArchive, silentMirror } from '../../support/electron-package.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** For what ends by itself: the installer alone takes seconds to start where much else goes on. */
const unhurried = 20_000
/** For what never would. */
const impatient = 1500

async function fetchFrom(url: string, packageFolder: string, stallMilliseconds = unhurried) {
  const seen: number[] = []
  const environment = { PATH: process.env['PATH'], HOME: temporaryFolder(), ELECTRON_MIRROR: url }
  const began = performance.now()
  const fetched = await fetchRuntime({
    packageFolder,
    platform: process.platform,
    environment,
    stallMilliseconds,
    onBytes: (bytes) => void seen.push(bytes),
  })
  return { fetched, seen, seconds: (performance.now() - began) / 1000 }
}

function leftAside(root: string): string[] {
  const cache = join(root, 'node_modules', '.cache')
  return existsSync(cache) ? readdirSync(cache) : []
}

const unavailable = (reason: string) => ({ ok: false, failure: { kind: 'desktop-unavailable', reason } })

describe('fetching the Electron runtime', () => {
  it('puts it in place whole, from ELECTRON_MIRROR', async () => {
    const archive = runtimeArchive()
    const { root, packageFolder } = electronPackage(archive)
    const url = await mirror((response) => response.end(archive))
    const { fetched } = await fetchFrom(url, packageFolder)
    const program = join(packageFolder, 'dist', 'electron')
    expect(fetched).toEqual({ ok: true, value: program })
    expect(readFileSync(program, 'utf8')).toBe('#!/bin/sh\nexit 0\n')
    expect(installedProgram({ packageFolder, platform: process.platform })).toBe(program)
    expect(leftAside(root)).toEqual([])
  })

  it('waits for a slow mirror as long as something arrives', async () => {
    const archive = runtimeArchive()
    const { packageFolder } = electronPackage(archive)
    const url = await mirror((response) => {
      let at = 0
      const timer = setInterval(() => {
        response.write(archive.subarray(at, at + archive.length / 8))
        at += archive.length / 8
        if (at < archive.length) return
        clearInterval(timer)
        response.end()
      }, 900)
    })
    const { fetched, seconds, seen } = await fetchFrom(url, packageFolder, 5000)
    expect([fetched.ok, seconds > 6]).toEqual([true, true])
    expect(seen.length).toBeGreaterThan(1)
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
  })

  it('gives up a mirror that takes the connection and never answers', async () => {
    const { root, packageFolder } = electronPackage(runtimeArchive())
    const { fetched, seconds } = await fetchFrom(await silentMirror(), packageFolder, impatient)
    expect(fetched).toMatchObject(unavailable('download-stalled'))
    expect([seconds < 15, leftAside(root), existsSync(join(packageFolder, 'dist'))]).toEqual([true, [], false])
  })

  it('gives up a mirror that stops in the middle', async () => {
    const archive = runtimeArchive()
    const { root, packageFolder } = electronPackage(archive)
    const url = await mirror((response) => response.write(archive.subarray(0, 50_000)))
    const { fetched } = await fetchFrom(url, packageFolder, impatient)
    expect(fetched).toMatchObject(unavailable('download-stalled'))
    expect([leftAside(root), existsSync(join(packageFolder, 'dist'))]).toEqual([[], false])
  })

  it('says what a mirror without the file answered, without the login that may be in its address', async () => {
    const { root, packageFolder } = electronPackage(runtimeArchive())
    const url = await mirror((response) => response.writeHead(404).end('no'))
    const { fetched, seconds } = await fetchFrom(url, packageFolder)
    expect(fetched).toMatchObject(unavailable('download-failed'))
    expect([JSON.stringify(fetched).includes('404'), seconds < 15, leftAside(root)]).toEqual([true, true, []])
    const withLogin = await fetchFrom(url.replace('//', '//li:s3cret@'), packageFolder)
    expect(withLogin.fetched).toMatchObject(unavailable('download-failed'))
    expect(JSON.stringify(withLogin.fetched)).not.toContain('s3cret')
  })

  it('says that nobody listens', async () => {
    const { packageFolder } = electronPackage(runtimeArchive())
    const { fetched } = await fetchFrom('http://127.0.0.1:9/', packageFolder)
    expect(fetched).toMatchObject(unavailable('download-failed'))
  })

  it('refuses an archive that is not the one that was published', async () => {
    const { root, packageFolder } = electronPackage(runtimeArchive())
    const url = await mirror((response) => response.end(runtimeArchive('#!/bin/sh\nrm -rf /\n')))
    const { fetched } = await fetchFrom(url, packageFolder)
    expect(fetched).toMatchObject(unavailable('download-failed'))
    expect([leftAside(root), existsSync(join(packageFolder, 'dist'))]).toEqual([[], false])
  })

  it('replaces a runtime of another version only once the new one is whole', async () => {
    const archive = runtimeArchive()
    const { packageFolder } = electronPackage(archive)
    mkdirSync(join(packageFolder, 'dist'))
    writeFileSync(join(packageFolder, 'dist', 'version'), '33.2.1')
    writeFileSync(join(packageFolder, 'path.txt'), 'electron')
    await fetchFrom(await silentMirror(), packageFolder, impatient)
    expect(readFileSync(join(packageFolder, 'dist', 'version'), 'utf8')).toBe('33.2.1')
    const { fetched } = await fetchFrom(await mirror((response) => response.end(archive)), packageFolder)
    expect(fetched.ok).toBe(true)
    expect(readFileSync(join(packageFolder, 'dist', 'version'), 'utf8')).not.toBe('33.2.1')
  })

  it('removes what starts left behind that were killed, and nothing of one that goes on', async () => {
    const archive = runtimeArchive()
    const { root, packageFolder } = electronPackage(archive)
    const cache = join(root, 'node_modules', '.cache')
    for (const maker of [2 ** 22 + 1, process.ppid])
      mkdirSync(join(cache, `rackside-electron-${maker}`), { recursive: true })
    await fetchFrom(await mirror((response) => response.end(archive)), packageFolder)
    expect(leftAside(root)).toEqual([`rackside-electron-${process.ppid}`])
  })
})
