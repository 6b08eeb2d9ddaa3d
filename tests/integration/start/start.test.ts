// `rackside start` and `rackside desktop` as processes without a terminal, where no desktop window can be had: each
// ends in one clear line, within seconds, and `start` with its pages open in the browser's shell.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startChild } from '../../support/child-program.ts'
import {
  droppingMirror,
  electronPackage,
  mirror,
  pretendRuntime,
  runtimeArchive,
} from '../../support/electron-package.ts'
import { needs } from '../../support/needs.ts'
import { repositoryRoot } from '../../support/repository-files.ts'
import { startShell } from '../../support/shell-process.ts'
import { ask } from '../../support/web-requests.ts'

const goesOn = 'Rackside goes on in the browser; "npm run desktop" and "npm run web" say which of the two you want.'

/** Its lines before the address, when it has come to serve pages. */
async function fallBack(environment: Record<string, string>) {
  const began = performance.now()
  const shell = startShell(['start', '--json'], { environment })
  const { port } = await shell.address()
  const seconds = (performance.now() - began) / 1000
  const lines = shell.said.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('rackside: building'))
  const { status } = await ask(port, '/')
  shell.kill('SIGTERM')
  return { lines: lines.filter((line) => !line.includes('#code=')), status, seconds, code: await shell.ended }
}

describe('rackside start', () => {
  it('goes on in the browser without a display', async () => {
    const { lines, status, code } = await fallBack({})
    expect(lines).toEqual([`The desktop window cannot be opened: this computer has no display. ${goesOn}`])
    expect([status, code]).toEqual([200, 0])
  })

  it('goes on in the browser when Electron dies at once, with its last words', async () => {
    const script = '#!/bin/sh\necho "error while loading shared libraries: libgtk-3.so.0" >&2\nexit 127\n'
    const { lines, code } = await fallBack({ DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: pretendRuntime(script) })
    const why = 'the Electron runtime did not start. error while loading shared libraries: libgtk-3.so.0'
    expect(lines.at(-1)).toBe(`The desktop window cannot be opened: ${why} ${goesOn}`)
    expect(code).toBe(0)
  })

  it('ends with the desktop shell when that had its window', async () => {
    const script = `#!${process.execPath}\nprocess.send({ rackside: 'window-open' })\nprocess.exitCode = 0\n`
    const environment = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: pretendRuntime(script) }
    const shell = startShell(['start', '--json'], { environment })
    expect([await shell.ended, shell.said.stdout]).toEqual([0, ''])
  })

  it('passes SIGTERM on to the desktop shell', async () => {
    const script = `#!${process.execPath}\nprocess.on('SIGTERM', () => process.exit(5))\nsetInterval(() => undefined, 1000)\nprocess.send({ rackside: 'window-open' })\nconsole.log('shown')\n`
    const environment = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: pretendRuntime(script) }
    const shell = startShell(['start'], { environment })
    await shell.until('shown')
    shell.kill('SIGTERM')
    expect(await shell.ended).toBe(5)
  })

  it('opens the browser at once for whoever says how, and leaves what is wrong to it', async () => {
    const shell = startShell(['start', '--json', '--no-open', '--port', '1'], { environment: { DISPLAY: ':99' } })
    expect(await shell.ended).toBe(2)
    expect(shell.said.stderr).toContain('--port 1:')
  })

  it('gives up a network that drops everything after ten seconds', async () => {
    const { root } = electronPackage(runtimeArchive())
    const program = `
      import { openDesktop } from './main/shells/start/main.ts'
      console.log(await openDesktop(process.argv[2], 'start'))
    `
    const began = performance.now()
    const environment = { DISPLAY: ':99', HOME: root, ELECTRON_MIRROR: await droppingMirror() }
    const child = await startChild(program, [root], environment)
    let complaint = ''
    child.process.stderr?.on('data', (bytes) => {
      complaint += bytes
    })
    expect(await child.line()).toBe('go-on-in-browser')
    const seconds = (performance.now() - began) / 1000
    expect([seconds > 9.5, seconds < 20]).toEqual([true, true])
    // Ours and the installer's own patience with a connection are the same ten seconds: either may say so.
    expect(complaint).toMatch(/made no progress for 10 s\.|ConnectTimeoutError/)
    expect(complaint).toContain(goesOn)
  })

  it('goes on in the browser when the mirror has no runtime', async (context) => {
    const installed = existsSync(join(repositoryRoot, 'node_modules', 'electron', 'path.txt'))
    needs(context, !installed, 'the Electron runtime is installed here: nothing would be downloaded')
    const url = await mirror((response) => response.writeHead(404).end())
    const { lines, status, code } = await fallBack({ DISPLAY: ':99', ELECTRON_MIRROR: url })
    expect(lines[0]).toBe('Downloading the desktop window (Electron), once ...')
    expect(lines[1]).toMatch(/could not be downloaded\. HTTPError: Response code 404/)
    expect([lines.length, status, code]).toEqual([2, 200, 0])
  })
})

describe('rackside desktop', () => {
  it.each([
    ['a display', {}, 'this computer has no display'],
    ['its runtime', { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, 'There is none in /nowhere.'],
  ])('ends without %s, saying so', async (_what, environment: Record<string, string>, why) => {
    const shell = startShell(['desktop'], { environment })
    expect(await shell.ended).toBe(74)
    expect([shell.said.stdout, shell.said.stderr.includes(why), shell.said.stderr.includes('npm run web')]).toEqual([
      '',
      true,
      true,
    ])
  })

  it('takes no words that are not its own', async () => {
    const shell = startShell(['desktop', '--port', '8080'])
    expect([await shell.ended, shell.said.stderr.includes('--port')]).toEqual([2, true])
  })
})
