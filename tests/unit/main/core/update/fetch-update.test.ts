// An update that lies on a server of the site: checked as one that was carried here, and nothing is left where it is refused.
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchUpdate, isUpdateAddress } from '../../../../../main/core/update/fetch-update.ts'
import { takeUpdate } from '../../../../../main/core/update/take-update.ts'
import { writeUpdate } from '../../../../../main/core/update/write-update.ts'
import { publicKeyHex } from '../../../../../main/trust/release-signature.ts'
import { newSigningKey } from '../../../../../main/trust/sign.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const key = newSigningKey()
const bytes = Buffer.alloc(3_000_000, 'a package ')
const [deb, rpm] = ['rackside-0.3.0-linux-amd64.deb', 'rackside-0.3.0-linux-x86_64.rpm']
const document = 'rackside-0.3.0.update.json'
const target = { version: '0.2.9', platform: 'linux', arch: 'x64', now: '2026-12-01T00:00:00.000Z' }

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server that has a release; `instead`: how it answers for some of its names. */
async function site(instead: Readonly<Record<string, Answer>> = {}) {
  const folder = temporaryFolder()
  for (const name of [deb, rpm]) writeFileSync(join(folder, name), bytes)
  const packages = [deb, rpm].map((name) => join(folder, name))
  const dates = { publishedAt: '2026-11-01T00:00:00Z', expires: '2027-11-01T00:00:00Z' }
  writeUpdate({ version: '0.3.0', packages, key: key.export({ format: 'pem', type: 'pkcs8' }).toString(), ...dates })
  const asked: string[] = []
  const server = createServer((request, response) => {
    const name = request.url?.split('/').at(-1) ?? ''
    asked.push(name)
    const other = instead[name]
    if (other !== undefined) return other(request, response)
    response.end(readFileSync(join(folder, name)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/rackside/${document}`
  return { asked, question: { file: at, keys: [publicKeyHex(key)], target } }
}

const home = () => join(temporaryFolder(), 'state')
const leftIn = (folder: string) => readdirSync(join(folder, 'updates'))
const missing: Answer = (_request, response) => void response.writeHead(404).end()

describe('an update on a server of the site', () => {
  it('is fetched with the first package that there is, checked, and kept under its own name alone', async () => {
    const { question, asked } = await site({ [deb]: missing })
    const folder = home()
    const fetched = await fetchUpdate(question, folder)
    if (!fetched.ok) throw new Error(JSON.stringify(fetched.failure))
    const taken = takeUpdate({ ...question, file: fetched.value.file }, folder)
    fetched.value.remove()
    expect(taken).toMatchObject({ ok: true, value: { version: '0.3.0', package: { name: rpm } } })
    expect([asked, leftIn(folder)]).toEqual([[document, deb, rpm], [rpm]])
    expect(readFileSync(join(folder, 'updates', rpm)).equals(bytes)).toBe(true)
  })

  const changed: Answer = (_request, response) => void response.end('{"signed":{},"signature":"00"}')
  const elsewhere: Answer = (_request, response) => void response.writeHead(302, { location: '/other.json' }).end()
  const cut: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    response.write(bytes.subarray(0, 1000), () => response.destroy())
  }
  const endless: Answer = (_request, response) => {
    const more = () =>
      void (response.write(Buffer.alloc(1_000_000, 'x')) ? setImmediate(more) : response.once('drain', more))
    more()
  }

  it.each<[string, string, Record<string, Answer>]>([
    ['it is not there', 'not-fetched', { [document]: missing }],
    ['the server fails', 'not-fetched', { [document]: (_request, response) => void response.writeHead(500).end() }],
    ['it leads elsewhere', 'not-fetched', { [document]: elsewhere }],
    ['it is another document', 'not-an-update', { [document]: changed }],
    ['it has no end', 'not-an-update', { [document]: endless }],
    ['its package has no end', 'package-longer', { [deb]: endless }],
    ['no package of it is there', 'package-missing', { [deb]: missing, [rpm]: missing }],
    ['its package is cut off', 'not-fetched', { [deb]: cut }],
    ['its package leads elsewhere', 'not-fetched', { [deb]: elsewhere }],
  ])('is refused where %s, and nothing is left of it', async (_what, reason, instead) => {
    const { question } = await site(instead)
    const folder = home()
    expect(await fetchUpdate(question, folder)).toMatchObject({
      ok: false,
      failure: { kind: 'update-unusable', reason },
    })
    expect(leftIn(folder)).toEqual([])
  })

  it.each<[string, string, Answer]>([
    ['is shorter', 'package-shorter', (_request, response) => void response.end(bytes.subarray(1))],
    ['is another one', 'package-differs', (_request, response) => void response.end(Buffer.alloc(bytes.length, 'b'))],
  ])('is refused as one that was carried here where its package %s', async (_what, reason, answer) => {
    const { question } = await site({ [deb]: answer })
    const folder = home()
    const fetched = await fetchUpdate(question, folder)
    if (!fetched.ok) throw new Error(JSON.stringify(fetched.failure))
    expect(takeUpdate({ ...question, file: fetched.value.file }, folder)).toMatchObject({ failure: { reason } })
    fetched.value.remove()
    expect(leftIn(folder)).toEqual([])
  })

  it('takes away what a fetch that was killed has left, and nothing of one that may still run', async () => {
    const { question } = await site({ [document]: missing })
    const folder = home()
    for (const name of ['.fetched-old', '.fetched-now']) {
      mkdirSync(join(folder, 'updates', name), { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, 'updates', name, deb), 'half of it')
    }
    writeFileSync(join(folder, 'updates', rpm), 'a package that was taken')
    for (const name of ['.fetched-old', rpm]) utimesSync(join(folder, 'updates', name), 0, 0)
    await fetchUpdate(question, folder)
    expect(leftIn(folder)).toEqual(['.fetched-now', rpm])
  })

  it('asks for no package before it is known who signed', async () => {
    const { question, asked } = await site()
    const refused = await fetchUpdate({ ...question, keys: [publicKeyHex(newSigningKey())] }, home())
    expect(refused).toMatchObject({ failure: { reason: 'signature-wrong' } })
    expect(asked).toEqual([document])
    expect(await fetchUpdate({ ...question, keys: [] }, home())).toMatchObject({
      failure: { reason: 'no-release-key' },
    })
    expect(asked).toEqual([document])
  })

  it('is an address, and a file is none', () => {
    const words = ['https://a/b.update.json', 'http://a/b', 'file:///a', 'a.update.json', '/https://a', 'HTTPS://a']
    expect(words.map(isUpdateAddress)).toEqual([true, true, false, false, false, false])
  })
})
