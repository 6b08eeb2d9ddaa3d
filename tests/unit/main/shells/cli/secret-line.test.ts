// Passwords: typed unseen, or read from a descriptor, whole or not at all.
import { spawn } from 'node:child_process'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { ReadStream } from 'node:tty'
import { describe, expect, it } from 'vitest'
import { readSecretLine, typedLine } from '../../../../../main/shells/cli/secret-line.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const silent = { text: '', show: () => undefined }

describe('a password that is typed', () => {
  it.each([
    ['hunter2\r', 'hunter2'],
    ['hunter2\nyes\n', 'hunter2'],
    ['hunteX\u007fr2\r', 'hunter2'],
    ['wrong\u0015密码é\u007f\r', '密码'],
    ['hunter2\u0004', 'hunter2'],
    ['\r', ''],
    ['hunter2\u0003', undefined],
    ['\u0004', undefined],
  ])('as %j is %j', async (keys, password) => {
    const modes: boolean[] = []
    const keyboard = Object.assign(new PassThrough(), { setRawMode: (raw: boolean) => void modes.push(raw) })
    const typed = typedLine(keyboard as unknown as ReadStream)
    // One byte at a time: a character may arrive in pieces.
    for (const byte of Buffer.from(keys)) keyboard.write(Buffer.of(byte))
    expect(await typed).toBe(password)
    expect([modes, keyboard.listenerCount('data'), keyboard.isPaused()]).toEqual([[true, false], 0, true])
  })
})

describe('a password in a file', () => {
  const read = async (text: string) => {
    const file = join(temporaryFolder(), 'password')
    writeFileSync(file, text)
    return readSecretLine(openSync(file, 'r'), silent)
  }

  it('is its first line', async () => {
    expect(await read('hunter2\r\nsecond\n')).toEqual(ok('hunter2'))
    expect(await read('hunter2')).toEqual(ok('hunter2'))
  })

  it('that is empty is a mistake', async () => {
    for (const text of ['', '\n', '\r\nhunter2']) {
      expect(await read(text)).toEqual(fail({ kind: 'usage', problem: 'password-empty', word: '' }))
    }
  })
})

describe('a descriptor', () => {
  it('that is not open, or nothing to read from, is a mistake', async () => {
    const folder = openSync(temporaryFolder(), 'r')
    const writeOnly = openSync(join(temporaryFolder(), 'file'), 'w')
    for (const descriptor of [9999, folder, writeOnly]) {
      const read = await readSecretLine(descriptor, silent)
      expect(read).toEqual(fail({ kind: 'usage', problem: 'not-a-descriptor', word: String(descriptor) }))
    }
    for (const descriptor of [folder, writeOnly]) {
      try {
        closeSync(descriptor)
      } catch {
        // Closed by whoever tried to read it.
      }
    }
  })

  it.each([0, 3])('%d that fills slowly is waited for, and one that stays open is not', async (descriptor) => {
    const home = temporaryFolder()
    const line = `detect ssh://ops@127.0.0.1:1 --password-fd ${descriptor} --json`
    const words = [join(repositoryRoot, 'scripts', 'rackside.mjs'), ...line.split(' ')]
    const child = spawn(process.execPath, words, {
      env: { PATH: process.env['PATH'] ?? '', HOME: home, RACKSIDE_HOME: home },
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    })
    const pipe = child.stdio[descriptor] as NodeJS.WritableStream
    pipe.on('error', () => undefined)
    let said = ''
    child.stdout?.on('data', (bytes) => {
      said += bytes
    })
    pipe.write('hun')
    const slow = setTimeout(() => pipe.write('ter2\n'), 700)
    const code = await new Promise((resolve) => child.once('close', resolve))
    clearTimeout(slow)
    expect([code, JSON.parse(said)]).toEqual([11, expect.objectContaining({ exitCode: 11 })])
  })
})
