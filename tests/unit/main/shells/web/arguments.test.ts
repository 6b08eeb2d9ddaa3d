// The command line of the web shell.
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readWebOrder } from '../../../../../main/shells/web/arguments.ts'

const plain = { port: 'usual', importFolder: undefined, open: true, json: false, serve: undefined }

describe('the command line of the web shell', () => {
  it.each([
    [[], plain],
    [['web'], plain],
    [['start', '--lang', 'zh-CN'], plain],
    [['web', '--port', '8080', '--no-open', '--json'], { ...plain, port: 8080, open: false, json: true }],
    [
      ['serve', '--port', '8080'],
      { ...plain, port: 8080, open: false, serve: { passphraseFile: undefined, printsUnit: false } },
    ],
    [
      ['serve', '--unit', '--vault-passphrase-file', 'x'],
      { ...plain, open: false, serve: { passphraseFile: 'x', printsUnit: true } },
    ],
    [['serve'], { ...plain, port: 7465, open: false, serve: { passphraseFile: undefined, printsUnit: false } }],
    [['web', '--import', 'bundles'], { ...plain, importFolder: resolve('bundles') }],
  ])('reads %j', (words, order) => {
    expect(readWebOrder(words)).toEqual({ ok: true, value: order })
  })

  it.each([
    [['web', '--port', '80'], 'not-a-port'],
    [['web', '--port', '65536'], 'not-a-port'],
    [['web', '--port', '8e3'], 'not-a-port'],
    [['web', '--port', '-1'], 'value-missing'],
    [['web', '--host', '0.0.0.0'], 'unknown-option'],
    [['web', '--lang', 'de'], 'unknown-language'],
    [['web', 'now'], 'one-word-too-many'],
    [['web', '--unit'], 'unknown-option'],
    [['serve', '--import', 'x'], 'unknown-option'],
    [['serve', 'now'], 'one-word-too-many'],
    [['web', '--import', 'x'.repeat(5000)], 'path-too-long'],
  ])('refuses %j', (words, problem) => {
    expect(readWebOrder(words)).toMatchObject({ ok: false, failure: { kind: 'usage', problem } })
  })
})
