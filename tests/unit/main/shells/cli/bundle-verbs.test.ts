// `rackside bundle`, in lines and as data, against a console of its own: importing, checking, looking into, removing.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { documentsOf } from '../../../../../main/catalog/container/documents.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { BundleInvocation } from '../../../../../main/shells/cli/bundle-arguments.ts'
import { makeBundle } from '../../../../../main/shells/cli/bundle-maker.ts'
import { runBundle } from '../../../../../main/shells/cli/bundle-verbs.ts'
import { exitCodes } from '../../../../../main/terminal/exit-codes.ts'
import type { Terminal } from '../../../../../main/terminal/terminal.ts'
import { type Failure, ok } from '../../../../../shared/domain/failure.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import {
  flipByte,
  type MadeBundle,
  madeBundle,
  seededBytes,
  writtenParts,
} from '../../../../support/container-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { repositoryRoot } from '../../../../support/repository-files.ts'
import { newPublisher, signAs } from '../../../../support/signed-bundle.ts'
import { temporaryFolder } from '../../../../support/temporary-folder.ts'

const contents = { engine: seededBytes('engine', 90_000), model: seededBytes('model', 200_000) }

function console(language: 'en' | 'zh-CN' = 'en') {
  const start = pretendCore()
  const client = start.clientAs('admin')
  const words = wordsOf(language)
  return {
    ...{ start, client, words },
    async play(...line: string[]) {
      const [said, results]: [string[], unknown[]] = [[], []]
      const terminal = {
        ...{
          say: (text: string) => said.push(text),
          result: (value: unknown) => results.push(value),
          tick: () => undefined,
        },
      }
      const read = readCommandLine(['bundle', ...line])
      if (!read.ok) return { outcome: read, said, results }
      const work = { client, words, terminal: terminal as unknown as Terminal }
      return { outcome: await runBundle(work, read.value as BundleInvocation), said, results }
    },
  }
}

const folderOf = (made: MadeBundle) => {
  const folder = dirname(dirname(made.files[0]?.file ?? ''))
  for (const [name, bytes] of made.documents) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

const unsigned = 'not signed: nobody vouches for what is in it'

const failureIn = ({ outcome }: { outcome: unknown }) => (outcome as { failure: Failure }).failure

describe('rackside bundle import', () => {
  it('makes a bundle that is listed, and removes it again', async () => {
    const { play } = console()
    const [file = ''] = await writtenParts(madeBundle(contents))
    const { outcome, said, results } = await play('import', file)
    expect(outcome).toEqual(ok(0))
    const [{ bundleId }] = results as [{ bundleId: string }]
    expect(said).toEqual([`ward is imported as ${bundleId}.`, '283 KiB copied, 0 B was here already.'])
    const listed = await play('list')
    expect(listed.said).toEqual([
      expect.stringMatching(/^bundle-\w+: ward-[0-9a-f]{32}; 283 KiB; not signed: nobody vouches/),
      expect.stringMatching(/is imported; not signed: nobody vouches/),
    ])
    expect((await play('remove', bundleId)).said).toEqual([expect.stringMatching(/is removed; 283 KiB became free\.$/)])
    expect((await play('list')).said).toEqual([
      expect.stringMatching(/^import-\w+: ward; 283 KiB; can be imported; not signed: /),
    ])
  })

  it('of a stranger is no failure: it is copied, and what comes next and what it takes back is said', async () => {
    const { play, client } = console()
    const made = madeBundle(contents)
    const folder = folderOf(made)
    const back = {
      ...{ entry: 'letters', versions: ['1.0.2'], since: '2026-11-29' },
      reason: { en: 'It lies.', 'zh-CN': '不实。' },
    }
    writeFileSync(join(folder, 'blocked.json'), JSON.stringify({ format: 1, blocked: [back] }))
    signAs(newPublisher(), folder)
    const [file = ''] = await writtenParts({ documents: documentsOf(folder), files: made.files })
    const { outcome, said, results } = await play('import', file)
    expect(outcome).toEqual(ok(0))
    const [result] = results as [{ bundleId: string; why: { fingerprint: string } }]
    const { bundleId, why } = result
    expect(result).toMatchObject({ name: 'ward', usable: false, why: { kind: 'publisher-unknown' }, blocked: [back] })
    const { fingerprint } = why
    expect(said).toEqual([
      `ward is copied as ${bundleId}. It is not used until somebody has compared its publisher's fingerprint: ${fingerprint}`,
      `Only if the publisher gave you this fingerprint another way: rackside publishers pin ${bundleId} --fingerprint ${fingerprint}`,
      '283 KiB copied, 0 B was here already.',
      'takes back letters 1.0.2 since 2026-11-29: It lies.',
    ])
    // What is printed works.
    expect(await client.product.publishers.pin({ bundleId, fingerprint })).toMatchObject({ ok: true })
    expect((await play('import', file)).results).toMatchObject([{ bundleId, usable: true }])
  })

  it('finds the other parts beside the one that is named, and says which are missing', async () => {
    const { play, words, start } = console()
    const files = await writtenParts(madeBundle(contents), { mostPartBytes: 65_536 })
    const [first = '', second = ''] = files
    const away = join(temporaryFolder(), basename(second))
    copyFileSync(second, away)
    rmSync(second)
    const cut = await play('import', first)
    expect(failureText(failureIn(cut), words).what).toBe('ward is not complete: ward.rsb.002 is missing.')
    expect((await play('list')).said).toEqual([
      expect.stringMatching(
        /^import-\w+: ward; 283 KiB; was imported in part and goes on; missing: ward\.rsb\.002; not signed: /,
      ),
    ])
    for (const file of files) rmSync(file, { force: true })
    expect((await play('import', away)).outcome).toEqual(ok(0))
    expect(readdirSync(join(start.folder, 'bundles', 'incoming'))).toEqual([])
  })

  it('finds those in the import folder, and lets go of one that was cut off', async () => {
    const { play, client, start } = console()
    const files = await writtenParts(madeBundle(contents), { mostPartBytes: 65_536 })
    mkdirSync(join(start.folder, 'import'))
    for (const file of files.slice(0, 3)) renameSync(file, join(start.folder, 'import', basename(file)))
    writeFileSync(join(start.folder, 'import', 'other.rsb'), 'something else')
    const brought = await client.product.bundles.brought({})
    expect(brought).toMatchObject({ value: [{ files: ['ward.rsb.001', 'ward.rsb.002', 'ward.rsb.003'] }] })
    const [{ importId }] = (brought as unknown as { value: [{ importId: string }] }).value
    expect(failureIn(await play('import', importId))).toMatchObject({ kind: 'bundle-incomplete' })
    expect((await play('remove', importId)).outcome).toEqual(ok(0))
    expect(readdirSync(join(start.folder, 'bundles', 'pool'))).toEqual([])
    expect(failureIn(await play('remove', importId))).toEqual({ kind: 'bundle-not-kept', bundleId: importId })
  })

  it('is refused for what is no bundle, and for a folder that somebody opened', async () => {
    const { play, client } = console()
    const file = join(temporaryFolder(), 'x.rsb')
    writeFileSync(file, 'something else')
    expect(failureIn(await play('import', file))).toMatchObject({ kind: 'container-unusable', file: 'x.rsb' })
    expect(failureIn(await play('import', 'import-0000000000000000'))).toMatchObject({ kind: 'bundle-unknown' })
    const folder = folderOf(madeBundle(contents))
    const { value } = (await client.desk.openBundle({ folder })) as { value: { bundleId: string } }
    expect(failureIn(await play('remove', value.bundleId))).toEqual({
      kind: 'bundle-not-kept',
      bundleId: value.bundleId,
    })
    expect(existsSync(folder)).toBe(true)
  })

  it('is stopped, and says that it was', async () => {
    const { client, start } = console()
    const [file = ''] = await writtenParts(madeBundle(contents))
    const { value } = (await client.desk.openBundleFiles({ files: [file] })) as { value: { place: string } }
    const progress = await client.product.bundles.import({ importId: value.place })
    const seen: unknown[] = []
    for await (const one of progress) {
      if (seen.push(one) > 1) continue
      expect(await client.product.bundles.stopImport({ importId: value.place })).toEqual(ok({ going: true }))
    }
    expect(seen.at(-1)).toMatchObject({ stage: 'failed', failure: { kind: 'cancelled' } })
    expect(start.core.imports.going.size).toBe(0)
  })
})

describe('rackside bundle verify', () => {
  it('reads a file and a folder whole', async () => {
    const { play } = console()
    const made = madeBundle(contents)
    const [file = ''] = await writtenParts(made)
    for (const place of [file, folderOf(made)]) {
      const { outcome, said } = await play('verify', place)
      expect([outcome, said]).toEqual([ok(0), ['ward is whole: every one of its 283 KiB was read.', unsigned]])
    }
  })

  it('says who signed it, and ends with the code of a bundle that is not trusted where the signature is broken', async () => {
    const made = madeBundle(contents)
    const folder = folderOf(made)
    signAs(newPublisher(), folder)
    const stranger = /^signed by City clinic \(city-clinic\), whom nobody here has trusted yet; fingerprint SHA256:/
    expect((await console().play('verify', folder)).said).toEqual([
      ...[expect.stringMatching(/is whole/), expect.stringMatching(stranger)],
    ])
    writeFileSync(join(folder, 'trust/timestamp.json'), '{')
    const [file = ''] = await writtenParts({ ...made, documents: documentsOf(folder) })
    for (const place of [folder, file]) {
      const { outcome, said, results } = await console().play('verify', place)
      expect(outcome).toEqual(ok(exitCodes['bundle-not-trusted']))
      expect(said.at(-1)).toMatch(/Its signatures are cut off or damaged/)
      expect(results).toMatchObject([{ pieces: [], signature: { state: 'broken' } }])
    }
  })

  it('names what is wrong in either, in both languages', async () => {
    const made = madeBundle(contents)
    const [file = ''] = await writtenParts(made)
    const folder = folderOf(made)
    flipByte(file, 5)
    rmSync(made.files[0]?.file ?? '')
    const en = await console().play('verify', file)
    expect([en.outcome, en.said]).toEqual([
      ok(exitCodes['bundle-incomplete']),
      [expect.stringMatching(/^ward\.rsb is damaged: /), unsigned],
    ])
    const zh = await console('zh-CN').play('verify', folder)
    expect(zh.said).toEqual([
      expect.stringMatching(/^artifacts\/sha256-[0-9a-f]{64} 缺失：/),
      '未签名：其内容没有人担保',
    ])
    expect(zh.results).toMatchObject([{ pieces: [{ problem: 'missing' }] }])
  })
})

describe('rackside bundle inspect', () => {
  it('shows what a file holds, and what differs from another bundle', async () => {
    const { play } = console()
    const made = madeBundle(contents)
    const other = madeBundle({ engine: contents.engine, extra: seededBytes('extra', 10), model: seededBytes('new', 9) })
    const [delta = ''] = await writtenParts(other, { carried: other.files.slice(1) })
    const { said, results } = await play('inspect', delta, '--against', folderOf(made))
    expect(said).toEqual([
      ...['ward', 'Publisher: City clinic (as it says itself)', unsigned, 'Made: 2026-11-20T00:00:00Z'],
      expect.stringMatching(/^sha256 of its documents: [0-9a-f]{64}$/),
      'Entries',
      expect.stringMatching(/^ {2}model qwen3-8b: .*Apache-2\.0$/),
      'Artifacts',
      '  engine: file; 87.9 KiB; left out: it has to be there already',
      '  extra: file; 10 B',
      '  model: file; 9 B',
      ...['Differences', '  added: artifact extra', '  changed: artifact model'],
    ])
    expect(results).toMatchObject([{ differences: [{ name: 'extra' }, { name: 'model' }] }])
  })

  it('says what an entry wants more, and no more, than in the other one', async () => {
    const { play } = console()
    const old = folderOf(madeBundle(contents))
    const next = folderOf(madeBundle(contents))
    const why = { en: 'It listens on port 443.', 'zh-CN': '监听 443 端口。' }
    const example = readFileSync(join(repositoryRoot, 'resources/entry-examples/example-app.yaml'), 'utf8')
    const app = parse(example) as { variants: [{ privileges?: unknown }] }
    for (const [folder, privileges] of [
      [
        old,
        [
          { kind: 'user', user: '0:0', why },
          { kind: 'writable-root', why },
        ],
      ],
      [
        next,
        [
          { kind: 'capability', name: 'NET_RAW', why },
          { kind: 'writable-root', why },
        ],
      ],
    ] as const) {
      app.variants[0].privileges = privileges
      writeFileSync(join(folder, 'catalog', 'example-app.yaml'), JSON.stringify(app))
    }
    const { said, results } = await play('inspect', next, '--against', old)
    expect(said.slice(said.indexOf('Differences'))).toEqual([
      ...['Differences', '  changed: entry app example-app'],
      expect.stringMatching(/^ {4}new permission, to be agreed to: .*NET_RAW/),
      expect.stringMatching(/^ {6}.*It listens on port 443\./),
      expect.stringMatching(/^ {4}wants no more: .*root of its container/),
    ])
    expect(results).toMatchObject([
      { differences: [{ wantsMore: [{ name: 'NET_RAW' }], wantsNoMore: [{ user: '0:0' }] }] },
    ])
  })

  it.each([['import'], ['verify'], ['inspect'], ['remove']])('%s needs to know which one', async (act) => {
    expect(failureIn(await console().play(act))).toMatchObject({ kind: 'usage', problem: 'bundle-needed' })
  })
})

describe('rackside bundle build and pack', () => {
  const build = ['bundle', 'build', '--catalog', 'c', '--solution', 'ward', '--sources', 's', '--out', 'ward.rsb']

  it('are read with all that they need', () => {
    expect(readCommandLine([...build, '--for', 'facts.json', '--part-size', '64M'])).toMatchObject({
      value: { act: 'build', server: { facts: 'facts.json' }, mostPartBytes: 64_000_000 },
    })
    expect(readCommandLine([...build, '--hardware', 'ascend'])).toMatchObject({
      value: { server: { hardware: 'ascend' }, mostPartBytes: 4 * 1024 ** 3 - 1 },
    })
  })

  it.each([
    [[...build], 'build-needs'],
    [[...build, '--for', 'f', '--hardware', 'cpu'], 'build-needs'],
    [[...build, '--for', 'f', '--part-size', '12'], 'part-size'],
    [[...build, '--for', 'f', '--part-size', 'large'], 'part-size'],
    [['bundle', 'build'], 'out-needed'],
    [['bundle', 'pack', '--out', 'x.rsb'], 'bundle-needed'],
    [['bundle', 'pack', 'folder'], 'out-needed'],
  ])('%j is not understood: %s', (line, problem) => {
    expect(readCommandLine(line)).toMatchObject({ failure: { kind: 'usage', problem } })
  })

  it('pack makes a file of a folder, which another bundle makes smaller, and never over another file', async () => {
    const said: string[] = []
    const terminal = { say: (text: string) => said.push(text), result: () => undefined } as unknown as Terminal
    const work = { terminal, words: wordsOf('en') }
    const older = folderOf(madeBundle({ engine: contents.engine }))
    const [folder, out] = [folderOf(madeBundle(contents)), join(temporaryFolder(), 'ward.rsb')]
    const line = { verb: 'bundle', act: 'pack', folder, out, against: older, mostPartBytes: 1e9 } as const
    expect(await makeBundle(work, line)).toEqual(ok(0))
    expect(said).toEqual([
      ...[out, 'ward is made; it carries 195 KiB.', 'engine: left out: it has to be there already'],
    ])
    expect(await makeBundle(work, line)).toMatchObject({ failure: { kind: 'container-unusable' } })
  })
})
