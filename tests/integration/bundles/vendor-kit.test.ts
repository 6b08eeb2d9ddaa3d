// A vendor's way from nothing to a file that a hospital takes, by the commands that the vendor types; on the other side a
// console that knows nobody.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../main/core/link/console-client.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { flipByte } from '../../support/container-cases.ts'
import { must } from '../../support/demo-core.ts'
import { pretendCore } from '../../support/pretend-core.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { mustVendor, passphraseFile, putImage, readyProject, vendor, write } from '../../support/vendor-project.ts'

const newFile = () => join(temporaryFolder(), 'ward.rsb')

/** Packed and signed. */
async function handedOver(project: { folder: string; passphrase: string }, ...more: string[]) {
  await mustVendor('pack', project.folder)
  const file = newFile()
  const sign = ['sign', project.folder, '--out', file, '--passphrase-file', project.passphrase, ...more]
  return { file, signed: await mustVendor(...sign) }
}

function hospital() {
  const { core, clientAs } = pretendCore(undefined, undefined, { allowsUnsigned: false })
  return { core, client: clientAs('admin') }
}

/** Imports it, and says who vouches for it there, or what stands against it. */
async function taken(client: ConsoleClient, file: string) {
  const { place } = must(await client.desk.openBundleFiles({ files: [file] }))
  for await (const one of await client.product.bundles.import({ importId: place })) {
    if (one.stage === 'failed') return one.failure
    if (one.stage === 'done') return one.usable ? vouchingOf(client, one.bundleId) : one.why
  }
  return undefined
}

async function vouchingOf(client: ConsoleClient, bundleId: string) {
  const found = must(await client.product.bundles.list({})).find((one) => one.bundleId === bundleId)
  if (found?.content.ok === true) return found.content.value.vouching
  return found?.content.ok === false ? found.content.failure : undefined
}

/** The hospital compares the fingerprint, and trusts the publisher from then on. */
async function trusting(file: string, fingerprint: string) {
  const { core, client } = hospital()
  const stranger = await taken(client, file)
  expect(stranger).toMatchObject({ kind: 'publisher-unknown', fingerprint })
  const { bundleId } = stranger as { bundleId: string }
  must(await client.product.publishers.pin({ bundleId, fingerprint }))
  expect(await vouchingOf(client, bundleId)).toMatchObject({ signed: true, version: 1 })
  return { core, client }
}

describe('a vendor', () => {
  it('makes a project in which only the image is missing, and says the fingerprint', async () => {
    const folder = join(temporaryFolder(), 'note-helper')
    const passphrase = passphraseFile()
    const named = ['--publisher-id', 'acme', '--publisher-name', 'Acme', '--passphrase-file', passphrase]
    const made = await mustVendor('init', folder, ...named)
    expect(made).toMatchObject({ publisher: { id: 'acme', name: 'Acme' } })
    expect(await mustVendor('show', folder)).toMatchObject({ fingerprint: made['fingerprint'], lines: {} })
    const { outcome, result } = await vendor(['lint', folder])
    expect(outcome).toMatchObject({ value: 42 })
    expect(result['problems']).toMatchObject([{ file: 'vendor.yaml', fault: { kind: 'source-missing' } }])
    for (const name of readdirSync(join(folder, 'publisher'))) {
      expect(statSync(join(folder, 'publisher', name)).mode & 0o077, name).toBe(0)
    }
  })

  it('starts with a port of its own, and is told that its image needs a shell', async () => {
    const ports = await Promise.all(
      ['letters', 'dictation'].map(async (name) => {
        const folder = join(temporaryFolder(), name)
        const named = ['--publisher-id', 'acme', '--publisher-name', 'Acme', '--passphrase-file', passphraseFile()]
        await mustVendor('init', folder, ...named)
        expect(readFileSync(join(folder, 'catalog', 'apps', `${name}.yaml`), 'utf8')).toMatch(/by \/bin\/sh/)
        const solution = readFileSync(join(folder, 'catalog', 'solutions', `${name}.yaml`), 'utf8')
        return Number(/hostPort: (\d+)/.exec(solution)?.[1])
      }),
    )
    expect(new Set(ports).size).toBe(2)
    for (const port of ports) expect(port >= 8600 && port < 8900, String(port)).toBe(true)
  })

  it('leaves nothing behind where it could not be made', async () => {
    const folder = join(temporaryFolder(), 'note-helper')
    const named = ['init', folder, '--publisher-id', 'acme', '--publisher-name', 'Acme', '--passphrase-file']
    expect((await vendor([...named, passphraseFile('short')])).outcome).toMatchObject({
      failure: { kind: 'vault-passphrase-unusable', reason: 'too-short' },
    })
    expect(existsSync(folder)).toBe(false)
    await mustVendor(...named, passphraseFile())
  })

  it('overwrites nothing, and has several projects by the same keys', async () => {
    const { folder, fingerprint } = await readyProject()
    const keys = join(folder, 'publisher')
    expect((await vendor(['init', folder, '--keys', keys])).outcome).toMatchObject({
      failure: { kind: 'vendor-project-unusable', problem: 'not-empty' },
    })
    const other = join(temporaryFolder(), 'another')
    expect(await mustVendor('init', other, '--keys', keys)).toMatchObject({ fingerprint })
    expect(existsSync(join(other, 'publisher'))).toBe(false)
    const nowhere = ['init', join(temporaryFolder(), 'third'), '--keys', temporaryFolder()]
    expect((await vendor(nowhere)).outcome).toMatchObject({ failure: { problem: 'no-keys' } })
  })

  it('sees every problem with its place, and packs nothing while there is one', async () => {
    const { folder } = await readyProject()
    expect(await mustVendor('lint', folder)).toMatchObject({ problems: [] })
    const sources = {
      'tiny-gguf': { from: 'file', path: 'images/none.gguf' },
      'lama-image': { from: 'file', path: 'x' },
    }
    const project = { format: 1, line: 'ward', publisher: 'nowhere', artifacts: sources }
    write(folder, 'vendor.yaml', JSON.stringify(project, undefined, 1))
    write(folder, 'blocked.yaml', 'blocked:\n  - { entry: ward, since: yesterday }\n')
    const { outcome, said, result } = await vendor(['pack', folder])
    expect(outcome).toMatchObject({ value: 42 })
    expect((result['problems'] as { fault: { kind: string } }[]).map(({ fault }) => fault.kind).sort()).toEqual([
      'missing',
      'no-keys',
      'no-source',
      'rule',
      'source-missing',
      'source-unused',
    ])
    expect(said.join('\n')).toContain('catalog/llama.yaml:1:')
    expect(said.join('\n')).toContain('did you mean "lama-image"')
    expect(existsSync(join(folder, 'bundle'))).toBe(false)
    const { said: chinese } = await vendor(['lint', folder], 'zh-CN')
    expect(chinese.join('\n')).toMatch(/vendor\.yaml 没有说明 llama-image 从哪里来/)
  })

  it('hears before a hospital does that an image has not what it is checked by', async () => {
    const { folder } = await readyProject()
    await putImage(folder, 'a program', { shell: false })
    expect((await vendor(['pack', folder])).outcome).toMatchObject({
      failure: { kind: 'image-refused', artifact: 'llama-image', problem: 'no-program', detail: '/bin/sh' },
    })
    expect(existsSync(join(folder, 'bundle'))).toBe(false)
    const linted = await vendor(['lint', folder])
    expect(linted.outcome).toMatchObject({ value: 42 })
    expect(linted.said[0]).toMatch(
      /^vendor\.yaml:1:\d+: artifacts\.llama-image: .* has no \/bin\/sh: the server's engine/,
    )
    const runtime = JSON.parse(readFileSync(join(folder, 'catalog', 'llama.yaml'), 'utf8'))
    write(folder, 'catalog/llama.yaml', JSON.stringify({ ...runtime, healthCommand: ['/bin/wget'] }))
    await putImage(folder, 'a program')
    expect((await vendor(['lint', folder])).said[0]).toContain('has no /bin/wget')
    write(folder, 'catalog/llama.yaml', JSON.stringify({ ...runtime, healthCommand: ['/bin/llama', '--well'] }))
    await mustVendor('lint', folder)
    await mustVendor('pack', folder)
  })

  it('sees where it would run before a byte is packed, and why not elsewhere', async () => {
    const { folder } = await readyProject()
    const { said, result } = await vendor(['try', folder])
    const trials = result['trials'] as { appliance: string; problems: Failure[] }[]
    expect(trials.length).toBeGreaterThanOrEqual(20)
    const byName = new Map(trials.map((one) => [one.appliance, one.problems.map(({ kind }) => kind)]))
    expect(byName.get('eight-h20')).toEqual([])
    expect(byName.get('arm64-two-l40s')).toEqual(['no-variant-fits'])
    expect(said.at(-1)).toBe(
      `${trials.filter(({ problems }) => problems.length === 0).length} of ${trials.length} would run`,
    )
  })

  it('hands over one file that a hospital takes once it trusts the publisher', async () => {
    const project = await readyProject()
    const { file, signed } = await handedOver(project)
    expect(signed).toMatchObject({ line: 'ward', version: 1, fingerprint: project.fingerprint, files: [file] })
    const checked = await mustVendor('verify', file, '--fingerprint', project.fingerprint)
    expect(checked).toMatchObject({ line: 'ward', version: 1, pieces: [], publisher: { id: 'acme' } })
    const { client } = await trusting(file, project.fingerprint)
    expect(must(await client.product.publishers.list({})).publishers).toMatchObject([{ name: 'Acme Medical' }])
  })

  it('counts on: a hospital takes the next version, and then the first one no more', async () => {
    const project = await readyProject()
    const first = await handedOver(project)
    await putImage(project.folder, 'a better program')
    const second = await handedOver(project)
    expect(second.signed).toMatchObject({ version: 2 })
    const { client } = await trusting(first.file, project.fingerprint)
    expect(await taken(client, second.file)).toMatchObject({ signed: true, version: 2 })
    expect(await taken(client, first.file)).toMatchObject({ kind: 'bundle-not-trusted', problem: 'rolled-back' })
  })

  it('changes its keys by the same kind of file, and what the old key signs afterwards is refused', async () => {
    const project = await readyProject()
    const first = await handedOver(project)
    const { client } = await trusting(first.file, project.fingerprint)
    const stolen = readdirSync(join(project.folder, 'publisher')).map((name) => ({
      name,
      text: readFileSync(join(project.folder, 'publisher', name), 'utf8'),
    }))
    const rotate = ['rotate', project.folder, '--passphrase-file', project.passphrase]
    expect(await mustVendor(...rotate)).toMatchObject({ fingerprint: project.fingerprint })
    const second = await handedOver(project)
    const changed = await mustVendor(...rotate, '--root-too')
    expect(changed['fingerprint']).not.toBe(project.fingerprint)
    const third = await handedOver(project)
    for (const { file, signed } of [second, third]) {
      expect(await taken(client, file)).toMatchObject({ version: signed['version'] })
    }
    expect(must(await client.product.publishers.list({})).publishers).toMatchObject([
      { fingerprint: changed['fingerprint'] },
    ])
    const thief = join(temporaryFolder(), 'publisher')
    mkdirSync(thief)
    for (const { name, text } of stolen) writeFileSync(join(thief, name), text)
    renameSync(join(project.folder, 'publisher'), join(project.folder, 'own'))
    renameSync(thief, join(project.folder, 'publisher'))
    const home = JSON.parse(readFileSync(join(project.folder, 'publisher', 'publisher.json'), 'utf8'))
    write(project.folder, 'publisher/publisher.json', JSON.stringify({ ...home, lines: { ward: 40 } }))
    const { file } = await handedOver(project)
    expect(await taken(client, file)).toMatchObject({
      kind: 'bundle-not-trusted',
      problem: 'key-revoked',
    })
  })

  it('signs nothing without the passphrase, before it packed, or for somebody else', async () => {
    const project = await readyProject()
    const sign = (passphrase: string) =>
      vendor(['sign', project.folder, '--out', newFile(), '--passphrase-file', passphrase])
    expect((await sign(project.passphrase)).outcome).toMatchObject({ failure: { problem: 'not-packed' } })
    await mustVendor('pack', project.folder)
    expect((await sign(passphraseFile('another long passphrase'))).outcome).toMatchObject({
      failure: { kind: 'publisher-passphrase-wrong' },
    })
    const yaml = readFileSync(join(project.folder, 'vendor.yaml'), 'utf8')
    write(project.folder, 'vendor.yaml', yaml.replace('"line":"ward"', '"line":"theatre"'))
    expect((await sign(project.passphrase)).outcome).toMatchObject({ failure: { problem: 'packed-for-other' } })
    expect(await mustVendor('show', project.folder)).toMatchObject({ lines: {} })
  })

  it('finds what became of a file on the way, in parts too', async () => {
    const project = await readyProject({ program: 'p'.repeat(3_000_000) })
    const { signed } = await handedOver(project, '--part-size', '1M')
    const files = signed['files'] as string[]
    expect(files.length).toBeGreaterThan(3)
    expect(await mustVendor('verify', files[0] ?? '')).toMatchObject({ pieces: [] })
    flipByte(files[2] ?? '', 500_000)
    const { outcome, result } = await vendor(['verify', ...files])
    expect(outcome).toMatchObject({ value: 121 })
    expect(result['pieces']).toMatchObject([{ file: basename(files[2] ?? ''), problem: 'damaged' }])
    const wrong = await vendor(['verify', files[0] ?? '', '--fingerprint', `SHA256:${'A'.repeat(43)}`])
    expect(wrong.outcome).toMatchObject({ failure: { kind: 'publisher-key-mismatch' } })
    expect((await vendor(['verify', join(project.folder, 'images')])).outcome).toMatchObject({
      failure: { problem: 'unsigned' },
    })
  })

  it('takes a version back by a file that brings nothing else, and the hospital keeps the list', async () => {
    const project = await readyProject()
    const first = await handedOver(project)
    const { core, client } = await trusting(first.file, project.fingerprint)
    const advisories = join(temporaryFolder(), 'advisories')
    await mustVendor('init', advisories, '--keys', join(project.folder, 'publisher'))
    rmSync(join(advisories, 'catalog'), { recursive: true })
    const keys = join(project.folder, 'publisher')
    write(advisories, 'vendor.yaml', JSON.stringify({ format: 1, line: 'advisories', publisher: keys, artifacts: {} }))
    const back = { entry: 'llama', versions: ['1'], since: '2026-11-25', reason: { en: 'It lies.', 'zh-CN': '不实。' } }
    write(advisories, 'blocked.yaml', JSON.stringify({ blocked: [back] }))
    const { file, signed } = await handedOver({ folder: advisories, passphrase: project.passphrase })
    expect(signed).toMatchObject({ line: 'advisories', version: 1, carriedBytes: 0 })
    expect((await vendor(['verify', file])).said).toContain('  takes back llama 1 since 2026-11-25: It lies.')
    expect(await taken(client, file)).toMatchObject({ signed: true, version: 1 })
    expect(must(core.state.trust.read()).publishers[0]?.blocked).toEqual([back])
  })

  it('signs what it wrote and packed, and nothing that became another thing since', async () => {
    const project = await readyProject()
    await mustVendor('pack', project.folder)
    const sign = (...more: string[]) =>
      vendor(['sign', project.folder, '--out', newFile(), '--passphrase-file', project.passphrase, ...more])
    const solution = readFileSync(join(project.folder, 'catalog', 'ward.yaml'), 'utf8')
    write(project.folder, 'catalog/ward.yaml', solution.replace('"version":"1"', '"version":"2"'))
    expect((await sign()).outcome).toMatchObject({ failure: { problem: 'changed-since' } })
    write(project.folder, 'catalog/ward.yaml', solution)
    const reason = '{ en: It loses notes., zh-CN: 会丢失记录。 }'
    const back = `blocked: [{ entry: llama, versions: ["1"], since: 2026-11-25, reason: ${reason} }]`
    write(project.folder, 'blocked.yaml', back)
    expect((await sign()).outcome).toMatchObject({ failure: { problem: 'changed-since' } })
    await mustVendor('pack', project.folder)
    // Written over in its place, as tools do: what was packed stays what it was.
    const image = join(project.folder, 'images', 'llama.tar')
    writeFileSync(image, Buffer.alloc(statSync(image).size, 7), { flag: 'r+' })
    expect((await sign()).outcome).toMatchObject({ ok: true, value: 0 })
    const artifact = readdirSync(join(project.folder, 'bundle', 'artifacts')).map((name) =>
      join(project.folder, 'bundle', 'artifacts', name),
    )
    flipByte(artifact[0] ?? '', 100)
    const out = newFile()
    const words = ['sign', project.folder, '--out', out, '--passphrase-file', project.passphrase]
    expect((await vendor(words)).outcome).toMatchObject({ failure: { kind: 'bundle-incomplete' } })
    expect(existsSync(out)).toBe(false)
  })

  it('gives no number out twice, also where two commands run at once, and counts on from a copy', async () => {
    const project = await readyProject()
    await mustVendor('pack', project.folder)
    const sign = (...more: string[]) =>
      vendor(['sign', project.folder, '--out', newFile(), '--passphrase-file', project.passphrase, ...more])
    const rotate = () => vendor(['rotate', project.folder, '--passphrase-file', project.passphrase])
    const both = await Promise.all([sign(), sign(), rotate()])
    const done = both.filter(({ outcome }) => outcome.ok)
    expect(done).toHaveLength(1)
    for (const { outcome } of both.filter((one) => !done.includes(one))) {
      expect(outcome).toMatchObject({ failure: { kind: 'vendor-project-unusable', problem: 'busy' } })
    }
    expect((await sign('--at-least', '40')).result).toMatchObject({ version: 40 })
    expect((await sign()).result).toMatchObject({ version: 41 })
  })

  it('uses no version up for a file that is there already', async () => {
    const project = await readyProject()
    const { file } = await handedOver(project)
    const again = ['sign', project.folder, '--out', file, '--passphrase-file', project.passphrase]
    expect((await vendor(again)).outcome).toMatchObject({
      failure: { kind: 'vendor-project-unusable', problem: 'out-exists', path: file },
    })
    rmSync(file)
    expect(await mustVendor(...again)).toMatchObject({ version: 2 })
  })

  it('says after a change of keys whether the fingerprint stays, and what has to be signed', async () => {
    const project = await readyProject()
    await handedOver(project)
    const rotate = ['rotate', project.folder, '--passphrase-file', project.passphrase]
    const kept = `The fingerprint that your customers have stays the same: ${project.fingerprint}`
    const { said } = await vendor(rotate)
    expect(said.at(-1)).toBe(kept)
    expect(said.join('\n')).toContain('Every project that these keys sign needs a next version')
    const yaml = readFileSync(join(project.folder, 'vendor.yaml'), 'utf8')
    write(project.folder, 'vendor.yaml', yaml.replace('"line":"ward"', '"line":"clinic"'))
    await handedOver(project)
    const after = await vendor([...rotate, '--root-too'])
    expect(after.said.at(-1)).toMatch(/^Give your customers this fingerprint/)
    expect(after.said.join('\n')).toContain('each line of these keys, so that every site hears of it: ward, clinic.')
  })

  it('signs with no key that its newest root does not name', async () => {
    const project = await readyProject()
    const home = join(project.folder, 'publisher')
    const old = readFileSync(join(home, 'signing-1.key'))
    await mustVendor('pack', project.folder)
    await mustVendor('rotate', project.folder, '--passphrase-file', project.passphrase)
    writeFileSync(join(home, 'signing-2.key'), old)
    const words = ['sign', project.folder, '--out', newFile(), '--passphrase-file', project.passphrase]
    expect((await vendor(words)).outcome).toMatchObject({ failure: { problem: 'other-key' } })
    expect(await mustVendor('show', project.folder)).toMatchObject({ lines: {} })
  })

  it('is told what is wrong with its folder, whatever stands in it', async () => {
    const project = await readyProject()
    const file = join(project.folder, 'publisher', 'publisher.json')
    const home = JSON.parse(readFileSync(file, 'utf8'))
    for (const wrong of [{ ...home, roots: ['{}'] }, { ...home, lines: 3 }, 'no JSON', { ...home, rootKey: '../x' }]) {
      writeFileSync(file, typeof wrong === 'string' ? wrong : JSON.stringify(wrong))
      expect((await vendor(['show', project.folder])).outcome).toMatchObject({ failure: { problem: 'invalid' } })
    }
  })

  it('may call its line and its artifacts as it likes', async () => {
    const project = await readyProject()
    const yaml = readFileSync(join(project.folder, 'vendor.yaml'), 'utf8')
    write(project.folder, 'vendor.yaml', yaml.replace('"line":"ward"', '"line":"constructor"'))
    const { signed } = await handedOver(project)
    expect(signed).toMatchObject({ line: 'constructor', version: 1 })
    const runtime = readFileSync(join(project.folder, 'catalog', 'llama.yaml'), 'utf8')
    write(project.folder, 'catalog/llama.yaml', runtime.replaceAll('llama-image', 'constructor'))
    const { outcome, result } = await vendor(['pack', project.folder])
    expect(outcome).toMatchObject({ value: 42 })
    expect(result['problems']).toMatchObject([{ fault: { kind: 'source-unused' } }, { fault: { kind: 'no-source' } }])
  })
})
