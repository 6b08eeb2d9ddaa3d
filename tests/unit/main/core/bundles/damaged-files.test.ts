// Files that were damaged on the way, or that are another bundle's: what is said names the file that a person gave, by the
// name it has there, and what is wrong with that one.
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../../../shared/domain/failure.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { flipByte, madeBundle, seededBytes, writtenParts } from '../../../../support/container-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }
const inParts = { mostPartBytes: 65_536 }

/** Brought under a name of one's own. */
async function brought(written = writtenParts(madeBundle(contents))): Promise<string[]> {
  const files = await written
  const folder = temporaryFolder()
  return files.map((file, at) => {
    const copy = join(folder, files.length === 1 ? 'usb.rsb' : `usb.rsb.00${at + 1}`)
    copyFileSync(file, copy)
    return copy
  })
}

function flipFromStart(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

async function saidOf(...files: string[]): Promise<string> {
  const client = pretendCore().clientAs('admin')
  const opened = await client.desk.openBundleFiles({ files })
  if (!opened.ok) return failureText(opened.failure as Failure, wordsOf('en')).what
  let newest: unknown
  for await (const one of await client.product.bundles.import({ importId: opened.value.place })) newest = one
  const { failure } = newest as { failure?: Failure }
  return failure === undefined ? 'imported' : failureText(failure, wordsOf('en')).what
}

describe('a damaged file', () => {
  it.each<[string, (file: string) => void, string]>([
    ['as it came', () => undefined, 'imported'],
    [
      'with a byte of its head flipped',
      (file) => flipFromStart(file, 60),
      'usb.rsb cannot be used: its head is damaged.',
    ],
    ['with a byte of its bytes flipped', (file) => flipByte(file, 1000), 'ward is not complete: usb.rsb is damaged.'],
    ['cut', (file) => truncateSync(file, 200_000), 'ward is not complete: usb.rsb is cut short.'],
    ['cut within its head', (file) => truncateSync(file, 20), 'usb.rsb cannot be used: it ends within its head.'],
    ['emptied', (file) => truncateSync(file, 0), 'usb.rsb cannot be used: it is empty.'],
    ['of something else', (file) => writeFileSync(file, 'short'), 'usb.rsb cannot be used: it is no file of a bundle.'],
  ])('%s is told by its own name', async (_, damage, said) => {
    const [file = ''] = await brought()
    damage(file)
    expect(await saidOf(file)).toBe(said)
  })
})

describe('a part', () => {
  it('that is damaged, cut or missing is told by the name that the parts have here', async () => {
    const files = await brought(writtenParts(madeBundle(contents), inParts))
    const [first = '', second = ''] = files
    truncateSync(second, 30_000)
    expect(await saidOf(first)).toBe('ward is not complete: usb.rsb.002 is cut short.')
    truncateSync(second, 30)
    expect(await saidOf(first)).toBe('ward is not complete: usb.rsb.002 is cut short.')
    const alone = join(temporaryFolder(), 'usb.rsb.001')
    copyFileSync(first, alone)
    expect(await saidOf(alone)).toMatch(/^ward is not complete: usb\.rsb\.002 is missing, usb\.rsb\.003 is missing/)
  })

  it('of another bundle is told, once, and by its own name', async () => {
    const files = await brought(writtenParts(madeBundle(contents), inParts))
    const [first = '', second = ''] = files
    const others = await writtenParts(madeBundle({ x: seededBytes('x', 200_000) }, 'other'), {
      ...inParts,
      name: 'other',
    })
    copyFileSync(others[1] ?? '', second)
    expect(await saidOf(first)).toBe('ward is not complete: usb.rsb.002 does not belong to it.')
    expect(await saidOf(second)).toBe(
      'usb.rsb.002 cannot be used: it is part 2 of 4 of other, and the first one, usb.rsb.001: it belongs to another bundle.',
    )
  })

  it('without the first one says where that should be; a first one that is damaged is named itself', async () => {
    const [first = '', , third = ''] = await brought(writtenParts(madeBundle(contents), inParts))
    const alone = join(temporaryFolder(), 'usb.rsb.003')
    copyFileSync(third, alone)
    expect(await saidOf(alone)).toBe(
      'usb.rsb.003 cannot be used: it is part 3 of 5 of ward, and the first one, usb.rsb.001, which says what the bundle holds, is not there.',
    )
    flipFromStart(first, 60)
    expect(await saidOf(first)).toBe('usb.rsb.001 cannot be used: its head is damaged.')
  })
})
