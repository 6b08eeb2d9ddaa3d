// Publishers from the command line, against a real core: what is said, what is the one result, and that nobody is trusted
// or removed without the fingerprint or the id.
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { bundleNamed } from '../../../../../main/shells/cli/named-bundle.ts'
import { runPublishers } from '../../../../../main/shells/cli/publishers-verbs.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const unused = () => {
  throw new Error('not used')
}

function person(types?: string, language: Language = 'en') {
  const { clientAs } = pretendCore(undefined, undefined, { allowsUnsigned: false })
  const folder = wholeBundle()
  signAs(newPublisher(), folder)
  const said: string[] = []
  const results: unknown[] = []
  const terminal = {
    ...{ tick: unused, complain: unused, confirm: unused, prompt: unused, echo: unused, leave: unused },
    say: (line: string) => void said.push(line),
    result: (value: unknown) => void results.push(value),
  }
  const work = { client: clientAs('admin'), terminal, words: wordsOf(language), ask: async () => types }
  const run = async (...words: string[]) => {
    const read = readCommandLine(['publishers', ...words])
    if (!read.ok || read.value.verb !== 'publishers') return read
    return runPublishers(work, read.value)
  }
  const shown = async (): Promise<string> => {
    const looked = await run('pin', folder)
    if (looked.ok || looked.failure.kind !== 'publisher-unknown') throw new Error(JSON.stringify(looked))
    return looked.failure.fingerprint
  }
  return { folder, said, results, run, shown }
}

describe('rackside publishers', () => {
  it('says that nobody is trusted', async () => {
    const { run, results } = person()
    expect(await run()).toEqual(ok(0))
    expect(results).toEqual([{ publishers: [], allowsUnsigned: false }])
  })

  it('shows the fingerprint of a bundle without trusting anybody, then trusts by it', async () => {
    const { run, shown, said, results, folder } = person()
    const fingerprint = await shown()
    await run('list')
    expect(results).toEqual([{ publishers: [], allowsUnsigned: false }])
    expect(await run('pin', folder, '--fingerprint', fingerprint)).toEqual(ok(0))
    expect(said.at(-1)).toBe('A publisher (lab) is trusted from now on.')
    expect(await run('pin', folder)).toEqual(ok(0))
    expect(said.at(-1)).toBe('Its publisher is trusted here already.')
    await run('list')
    expect(said.slice(-4)).toEqual([
      'lab: A publisher',
      `  ${fingerprint}`,
      '  trusted since 2026-11-20T08:00:00.000Z, by li',
      '  seen of it: ward',
    ])
  })

  it('trusts nobody by another fingerprint, or by something that is none', async () => {
    const { run, folder } = person()
    const wrong = `SHA256:${'A'.repeat(43)}`
    expect(await run('pin', folder, '--fingerprint', wrong)).toMatchObject({
      failure: { kind: 'publisher-key-mismatch', given: wrong },
    })
    expect(await run('pin', folder, '--fingerprint', 'SHA256:short')).toMatchObject({
      failure: { kind: 'usage', problem: 'not-a-publisher-fingerprint' },
    })
    expect(await run('pin', folder, '--yes')).toMatchObject({ failure: { kind: 'usage' } })
  })

  it('is told what there is where it names a bundle in one file, or one that is nowhere', async () => {
    const { run, folder } = person()
    await run('pin', folder)
    const file = join(temporaryFolder(), 'ward.rsb')
    writeFileSync(file, 'a bundle')
    expect(await run('pin', file)).toMatchObject({
      failure: { kind: 'usage', problem: 'bundle-in-one-file', word: file },
    })
    for (const nowhere of [join(file, 'x'), 'bundle-0000', 'no-such-ward']) {
      const told = await run('pin', nowhere)
      expect(told, nowhere).toMatchObject({ failure: { problem: 'no-such-bundle', word: nowhere } })
      if (told.ok || told.failure.kind !== 'usage') throw new Error('not reached')
      expect(told.failure.other).toMatch(/^bundle-[0-9a-f]+ \(/)
      expect(failureText(told.failure, wordsOf('en')).what).toContain('There are: bundle-')
    }
    expect(await run('pin', basename(folder))).toMatchObject({ failure: { kind: 'publisher-unknown' } })
  })

  it.each([
    [undefined, [], 'name-not-confirmed'],
    ['somebody', [], 'name-not-confirmed'],
    ['lab', [], undefined],
    [undefined, ['--type-name', 'lab'], undefined],
  ])('removes one when %o is typed, with %o', async (types, more, refused) => {
    const { run, shown, folder } = person(types)
    await run('pin', folder, '--fingerprint', await shown())
    const removed = await run('remove', 'lab', ...more)
    expect(removed.ok ? undefined : removed.failure.kind).toBe(refused)
    expect((await run('pin', folder)).ok).toBe(refused !== undefined)
  })
})

it('a plan from a bundle id that is not known here says which there are', async () => {
  const client = pretendCore(undefined, undefined, { allowsUnsigned: true }).clientAs('admin')
  const folder = wholeBundle()
  const known = await bundleNamed({ client }, folder)
  if (!known.ok) throw new Error('it is a bundle')
  expect(await bundleNamed({ client }, known.value)).toEqual(known)
  const told = await bundleNamed({ client }, 'bundle-000000000000')
  expect(told).toMatchObject({ failure: { problem: 'no-such-bundle', other: expect.stringContaining(known.value) } })
})
