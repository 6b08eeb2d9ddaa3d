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
      {
        ...plain,
        port: 8080,
        open: false,
        serve: { passphraseFile: undefined, printsUnit: false, network: undefined },
      },
    ],
    [
      ['serve', '--unit', '--vault-passphrase-file', 'x'],
      { ...plain, open: false, serve: { passphraseFile: 'x', printsUnit: true, network: undefined } },
    ],
    [
      ['serve'],
      {
        ...plain,
        port: 7465,
        open: false,
        serve: { passphraseFile: undefined, printsUnit: false, network: undefined },
      },
    ],
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

describe('the address of a service', () => {
  const at = (...words: string[]) => readWebOrder(['serve', '--address', '10.20.0.5', ...words])
  const files = ['--tls-certificate', 'c.pem', '--tls-key', 'k.pem']

  it('is one of this computer, with both files of its certificate, and the name that people type first', () => {
    const network = { address: '10.20.0.5', certificateFile: 'c.pem', keyFile: 'k.pem' }
    expect(at(...files)).toMatchObject({ value: { serve: { network: { ...network, names: ['10.20.0.5'] } } } })
    const names = ['ai.hospital.example', '10.20.0.5']
    expect(at(...files, '--tls-name', 'ai.hospital.example')).toMatchObject({
      value: { serve: { network: { names } } },
    })
  })

  it.each([
    ...['0.0.0.0', '::', '0:0:0:0:0:0:0:0', '::ffff:0.0.0.0', '::ffff:0:0', '::ffff:10.0.0.5', '0.1.2.3', '10.20.0'],
    ...['localhost', '10.20.0.5:443', '', 'fe80::1', 'fe80::1%eth0', '224.0.0.1', '255.255.255.255', 'ff02::1'],
  ])('is never %s: all of them, many, or none', (word) => {
    const order = readWebOrder(['serve', `--address=${word}`, ...files])
    expect(order).toMatchObject({
      ok: false,
      failure: { kind: 'usage', problem: expect.stringMatching(/not-one-address|value-missing/) },
    })
  })

  it('is written as a browser writes it', () => {
    const written = (word: string) => {
      const order = readWebOrder(['serve', '--address', word, ...files])
      return order.ok ? order.value.serve?.network?.address : order.failure
    }
    expect(written('2001:DB8::1')).toBe('2001:db8::1')
    expect(written('2001:db8:0:0:0:0:0:1')).toBe('2001:db8::1')
    expect(written('fd00::10.20.0.5')).toBe('fd00::a14:5')
  })

  it('is refused without TLS, and TLS without it', () => {
    const needsTls = { kind: 'serving-refused', reason: 'needs-tls', detail: '10.20.0.5' }
    expect(at()).toEqual({ ok: false, failure: needsTls })
    expect(at('--tls-certificate', 'c.pem')).toEqual({ ok: false, failure: needsTls })
    expect(readWebOrder(['serve', ...files])).toMatchObject({
      failure: { problem: 'value-missing', word: '--address' },
    })
    expect(readWebOrder(['web', '--address', '10.20.0.5'])).toMatchObject({ failure: { problem: 'unknown-option' } })
  })

  it.each(['Ai.example', 'ai_1', '-ai', 'ai..example', 'ai.example:443', 'a'.repeat(300), '10.20.0.5/x'])(
    'has no such name as %s',
    (word) => {
      expect(at(...files, `--tls-name=${word}`)).toMatchObject({ failure: { problem: 'not-a-network-name' } })
    },
  )
})
