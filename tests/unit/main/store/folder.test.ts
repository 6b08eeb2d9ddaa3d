// The state folder: this user's alone, of a format this version reads, its files whole or not there.
import { chmodSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { documentIn, openStateFolder, stateFolderPath } from '../../../../main/store/folder.ts'
import { startChild } from '../../../support/child-program.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const modeOf = (path: string) => statSync(path).mode & 0o777
const fresh = () => join(temporaryFolder(), 'deep', 'state')
const list = z.array(z.strictObject({ name: z.string() }))

describe('the place of the state', () => {
  it.each([
    [{ RACKSIDE_HOME: '/r', HOME: '/h', XDG_STATE_HOME: '/x' }, 'linux', '/r'],
    [{ HOME: '/h', XDG_STATE_HOME: '/x' }, 'linux', '/x/rackside'],
    [{ HOME: '/h' }, 'linux', '/h/.local/state/rackside'],
    [{ HOME: '/h', RACKSIDE_HOME: '', XDG_STATE_HOME: '' }, 'linux', '/h/.local/state/rackside'],
    [{ HOME: '', USERPROFILE: '/u' }, 'linux', '/u/.local/state/rackside'],
    [{ HOME: '/h' }, 'darwin', '/h/Library/Application Support/Rackside'],
    [{ APPDATA: '/a', USERPROFILE: '/u' }, 'win32', '/a/Rackside'],
  ] as const)('with %j on %s is %s', (environment, platform, place) => {
    expect(stateFolderPath(environment, platform)).toBe(place)
  })
})

describe('opening the folder', () => {
  it('makes it, with its format, for this user alone', () => {
    const folder = fresh()
    expect(openStateFolder(folder)).toEqual({ ok: true, value: folder })
    expect(modeOf(folder)).toBe(0o700)
    expect(modeOf(join(folder, 'format'))).toBe(0o600)
    expect(readFileSync(join(folder, 'format'), 'utf8')).toBe('1\n')
    expect(openStateFolder(folder)).toEqual({ ok: true, value: folder })
  })

  it.each([0o755, 0o750, 0o701, 0o777])('refuses one that others may enter (%o)', (mode) => {
    const folder = temporaryFolder()
    chmodSync(folder, mode)
    expect(openStateFolder(folder)).toMatchObject({ ok: false, failure: { kind: 'state-unwritable', folder } })
    expect(modeOf(folder)).toBe(mode)
  })

  it('leaves a folder of a newer version alone', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'format'), '2\n')
    expect(openStateFolder(folder)).toEqual({
      ok: false,
      failure: { kind: 'state-too-new', folder, found: 2, supported: 1 },
    })
    expect(readdirSync(folder)).toEqual(['format'])
    expect(readFileSync(join(folder, 'format'), 'utf8')).toBe('2\n')
  })

  it.each(['', 'one', '\0'])('does not take a damaged format (%j) for its own', (content) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'format'), content)
    expect(openStateFolder(folder)).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
  })

  it('says so where there is a file in its place', () => {
    const file = join(temporaryFolder(), 'state')
    writeFileSync(file, '')
    expect(openStateFolder(file)).toMatchObject({ ok: false, failure: { kind: 'state-unwritable', folder: file } })
    expect(openStateFolder(join(file, 'inner'))).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
  })
})

describe('a document', () => {
  it('reads as empty until it is written, then as what was written', () => {
    const folder = temporaryFolder()
    const document = documentIn(folder, 'deep/list.json', list, [])
    expect(document.read()).toEqual({ ok: true, value: [] })
    expect(document.write([{ name: '门诊' }])).toEqual({ ok: true, value: undefined })
    expect(document.read()).toEqual({ ok: true, value: [{ name: '门诊' }] })
    expect(modeOf(join(folder, 'deep/list.json'))).toBe(0o600)
    expect(modeOf(join(folder, 'deep'))).toBe(0o700)
  })

  it.each(['', '{', 'null', '[{"name":1}]', '[{"name":"a","more":1}]', '\0\0'])(
    'damaged as %j is a failure and stays as it is',
    (content) => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'list.json'), content)
      const document = documentIn(folder, 'list.json', list, [])
      expect(document.read()).toMatchObject({
        ok: false,
        failure: { kind: 'state-unwritable', folder, detail: expect.stringContaining('list.json') },
      })
      expect(readFileSync(join(folder, 'list.json'), 'utf8')).toBe(content)
    },
  )

  it('does not take what it could not read back', () => {
    const folder = temporaryFolder()
    const document = documentIn(folder, 'list.json', list, [])
    expect(document.write([{ name: 'a' }])).toMatchObject({ ok: true })
    expect(document.write([{ name: 7 }] as never)).toMatchObject({ ok: false })
    expect(document.read()).toEqual({ ok: true, value: [{ name: 'a' }] })
  })

  it('that cannot be read at all is a failure, not an empty one', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'list.json'))
    expect(documentIn(folder, 'list.json', list, []).read()).toMatchObject({ ok: false })
  })
})

describe('the last good document', () => {
  const folderWith = (...values: string[]) => {
    const folder = temporaryFolder()
    const document = documentIn(folder, 'list.json', list, [])
    for (const name of values) expect(document.write([{ name }])).toMatchObject({ ok: true })
    return { folder, document, last: join(folder, 'list.json.last') }
  }

  it('stays beside the one that replaced it, for this user alone', () => {
    const { folder, last } = folderWith('a', 'b', 'c')
    expect(JSON.parse(readFileSync(last, 'utf8'))).toEqual([{ name: 'b' }])
    expect(modeOf(last)).toBe(0o600)
    expect(readdirSync(folder).sort()).toEqual(['list.json', 'list.json.last'])
  })

  it('is named when the document is damaged, and not used', () => {
    const { folder, document } = folderWith('a', 'b')
    writeFileSync(join(folder, 'list.json'), '[{')
    expect(document.read()).toMatchObject({
      ok: false,
      failure: { detail: expect.stringMatching(/^list\.json is damaged; list\.json\.last is the last good one/) },
    })
  })

  it('is not claimed where it is damaged as well, or not there', () => {
    const { folder, document, last } = folderWith('a', 'b')
    writeFileSync(join(folder, 'list.json'), '[{')
    const saidWith = (content: string | undefined) => {
      rmSync(last, { force: true })
      if (content !== undefined) writeFileSync(last, content)
      return JSON.stringify(document.read())
    }
    for (const content of [undefined, '', '[{"name":1}]']) expect(saidWith(content)).not.toContain('.last')
  })

  it('does not give way to a damaged one', () => {
    const { folder, document, last } = folderWith('a', 'b')
    writeFileSync(join(folder, 'list.json'), '[{')
    expect(document.write([{ name: 'c' }])).toMatchObject({ ok: true })
    expect(JSON.parse(readFileSync(last, 'utf8'))).toEqual([{ name: 'a' }])
  })

  it('survives a write that was cut off between keeping and replacing', () => {
    const { folder, document, last } = folderWith('a', 'b')
    rmSync(last)
    linkSync(join(folder, 'list.json'), last)
    expect(document.write([{ name: 'c' }])).toMatchObject({ ok: true })
    expect(JSON.parse(readFileSync(last, 'utf8'))).toEqual([{ name: 'b' }])
    expect(document.read()).toEqual({ ok: true, value: [{ name: 'c' }] })
    expect(readdirSync(folder).sort()).toEqual(['list.json', 'list.json.last'])
  })
})

describe('a write that is cut off', () => {
  it('leaves the old content, and does not stand in the way of the next', () => {
    const folder = temporaryFolder()
    const document = documentIn(folder, 'list.json', list, [])
    document.write([{ name: 'old' }])
    writeFileSync(join(folder, 'list.json.4711.new'), '[{"name":"ha')
    writeFileSync(join(folder, `list.json.${process.pid}.new`), '[{"na')
    expect(document.read()).toEqual({ ok: true, value: [{ name: 'old' }] })
    expect(document.write([{ name: 'new' }])).toMatchObject({ ok: true })
    expect(document.read()).toEqual({ ok: true, value: [{ name: 'new' }] })
  })

  it('by a kill at any moment leaves one of the two whole', async () => {
    const folder = temporaryFolder()
    const writer = `
      import * as z from 'zod'
      import { documentIn } from './main/store/folder.ts'
      const document = documentIn(process.argv[2], 'big.json', z.string(), '')
      for (let i = 0; ; i++) {
        document.write(String(i % 10).repeat(300_000))
        if (i === 0) console.log('writing')
      }
    `
    for (const milliseconds of [15, 40]) {
      const child = await startChild(writer, [folder])
      await child.line()
      await new Promise((resolve) => setTimeout(resolve, milliseconds))
      child.kill('SIGKILL')
      await child.ended
      expect(readFileSync(join(folder, 'big.json'), 'utf8')).toMatch(/^"(\d)\1{299999}"\n$/)
    }
  })

  it('by an error is reported, and what was there stays', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'list.json'))
    expect(documentIn(folder, 'list.json', list, []).write([])).toMatchObject({
      ok: false,
      failure: { kind: 'state-unwritable', detail: expect.stringContaining('list.json') },
    })
    expect(readdirSync(join(folder, 'list.json'))).toEqual([])
  })
})
