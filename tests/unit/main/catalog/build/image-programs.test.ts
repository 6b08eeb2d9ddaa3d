// Whether a program is in an image, by its layers alone: links, what upper layers take away, and archives that say nothing.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { withImageArchive } from '../../../../../main/catalog/build/image-archive.ts'
import { missingIn } from '../../../../../main/catalog/build/image-programs.ts'
import { type TarEntry, writeTar } from '../../../../../scripts/lab/artifacts/tar-writer.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const file = (path: string): TarEntry => ({ path, mode: 0o755, content: { kind: 'bytes', bytes: Buffer.from(path) } })
const link = (path: string, target: string): TarEntry => ({ path, mode: 0o777, content: { kind: 'link', target } })
const folder = (path: string): TarEntry => ({ path, mode: 0o755, content: { kind: 'folder' } })

async function tarBytes(entries: readonly TarEntry[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of writeTar(entries)) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function missing(layers: readonly Buffer[], programs: readonly string[] = ['/bin/sh']): Promise<string[]> {
  const names = layers.map((_, at) => `layer-${at}`)
  const plain = (path: string, bytes: Buffer): TarEntry => ({ path, mode: 0o644, content: { kind: 'bytes', bytes } })
  const manifest = plain('manifest.json', Buffer.from(JSON.stringify([{ Config: 'config', Layers: names }])))
  const archive = join(temporaryFolder(), 'image.tar')
  writeFileSync(archive, await tarBytes([manifest, ...layers.map((bytes, at) => plain(names[at] ?? '', bytes))]))
  return withImageArchive(archive, (opened) => missingIn(opened, programs))
}

describe('a program of an image', () => {
  it('is there as a file, and in a folder that is a link, as systems with one /usr have it', async () => {
    expect(await missing([await tarBytes([file('bin/sh')])])).toEqual([])
    const merged = [link('bin', 'usr/bin'), file('usr/bin/dash'), link('usr/bin/sh', 'dash')]
    expect(await missing([await tarBytes(merged)])).toEqual([])
    expect(
      await missing([await tarBytes([link('bin', '/usr/bin'), link('usr/bin/sh', '../../busybox'), file('busybox')])]),
    ).toEqual([])
  })

  it('is missed where nothing is called so, or its link leads nowhere or round and round', async () => {
    expect(await missing([await tarBytes([file('bin/app')])], ['/bin/sh', '/bin/app'])).toEqual(['/bin/sh'])
    expect(await missing([await tarBytes([link('bin/sh', 'busybox')])])).toEqual(['/bin/sh'])
    expect(await missing([await tarBytes([link('bin/sh', 'other'), link('bin/other', 'sh')])])).toEqual(['/bin/sh'])
  })

  it('is looked for in every layer, also in one that is packed', async () => {
    const [lower, upper] = [await tarBytes([link('bin/sh', 'busybox')]), await tarBytes([file('bin/busybox')])]
    expect(await missing([gzipSync(lower), upper])).toEqual([])
    expect(await missing([gzipSync(lower), gzipSync(await tarBytes([file('bin/app')]))])).toEqual(['/bin/sh'])
  })

  it('is gone where an upper layer takes it, its folder or all that was in that away', async () => {
    const base = await tarBytes([file('bin/sh')])
    for (const sign of ['bin/.wh.sh', '.wh.bin', 'bin/.wh..wh..opq']) {
      expect(await missing([base, await tarBytes([file(sign)])]), sign).toEqual(['/bin/sh'])
      expect(await missing([base, await tarBytes([file(sign), file('bin/sh')])]), sign).toEqual([])
    }
    expect(await missing([base, await tarBytes([file('lib/.wh.sh')])])).toEqual([])
  })

  it('is found by a long name and as a hard link, as GNU tar and pax write them', async () => {
    for (const format of ['gnu', 'pax']) {
      const from = temporaryFolder()
      const made = join(temporaryFolder(), 'layer.tar')
      const deep = `${'d'.repeat(90)}/${'e'.repeat(90)}/${'f'.repeat(90)}/tool`
      mkdirSync(dirname(join(from, deep)), { recursive: true })
      writeFileSync(join(from, deep), 'tool')
      symlinkSync(`/${deep}`, join(from, 'sh'))
      const done = spawnSync('sh', ['-c', `ln ${deep} zz && tar --format=${format} -cf ${made} .`], { cwd: from })
      expect(done.status, String(done.stderr)).toBe(0)
      const layer = readFileSync(made)
      expect(await missing([layer], ['/sh', '/zz', `/${deep}`, '/nothing'])).toEqual(['/nothing'])
    }
  })

  it('is not missed in an image that is packed in another way, or is hostile', async () => {
    const layer = await tarBytes([folder('bin'), file('bin/app')])
    const broken = Buffer.from(layer)
    broken[0] = 0x7a
    for (const odd of [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...layer]), gzipSync(layer).subarray(0, 60), broken]) {
      expect(await missing([odd])).toEqual([])
    }
    const endless = await tarBytes([link(`bin/${'a'.repeat(60)}`, '..'), file('bin/app')])
    expect(await missing([endless], [`/${`bin/${'a'.repeat(60)}/`.repeat(50)}bin/app`])).toHaveLength(1)
  })
})
