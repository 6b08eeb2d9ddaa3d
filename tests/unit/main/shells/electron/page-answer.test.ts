// The page's files by their address: the list, and every way around it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type PageFiles, readPageFiles } from '../../../../../main/core/page/page-files.ts'
import { answerFrom } from '../../../../../main/shells/electron/page-answer.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

let files: PageFiles

beforeEach(() => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.json'), '"secret"')
  writeFileSync(join(folder, 'page', 'index.html'), '<title>a</title>')
  writeFileSync(join(folder, 'page', 'assets', 'a-1.js'), 'export {}')
  writeFileSync(join(folder, 'page', 'assets', 'a-1.js.map'), '{}')
  symlinkSync(join(folder, 'secret.json'), join(folder, 'page', 'link.json'))
  files = readPageFiles(join(folder, 'page')) ?? new Map()
})

const get = (url: string, method = 'GET') => answerFrom(files, { method, url })

describe('the files of the page', () => {
  it('are the page and what it loads, with their types', async () => {
    expect(await get('rackside://app/').text()).toBe('<title>a</title>')
    expect(get('rackside://app/index.html?a=1').headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(get('rackside://app/assets/a-1.js').headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    'rackside://app/../secret.json',
    'rackside://app/%2e%2e/secret.json',
    'rackside://app/..%2fsecret.json',
    'rackside://app/assets/../../secret.json',
    'rackside://app/..\\secret.json',
    'rackside://app//secret.json',
    'rackside://app/link.json',
    'rackside://app/assets',
    'rackside://app/assets/',
    'rackside://app/assets/a-1.js.map',
    'rackside://app/assets/a-1.js%00',
    'rackside://app/__proto__',
    'rackside://elsewhere/index.html',
    'http://app/index.html',
  ])('do not include %s', (url) => {
    expect(get(url).status).toBe(404)
  })

  it('are only read', async () => {
    expect(['POST', 'PUT', 'DELETE', 'OPTIONS'].map((method) => get('rackside://app/', method).status)).toEqual([
      405, 405, 405, 405,
    ])
    const head = get('rackside://app/', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('come with a policy that allows no foreign or inline script, refusals too', () => {
    for (const answer of [get('rackside://app/'), get('rackside://app/nothing'), get('rackside://app/', 'POST')]) {
      const policy = answer.headers.get('content-security-policy')?.split('; ') ?? []
      expect(policy).toEqual(
        expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]),
      )
      expect(policy.join()).not.toMatch(/unsafe-eval|script-src[^,]*unsafe|\*|https?:/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})
