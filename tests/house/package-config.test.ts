// The packages that people install, as far as they can be looked at without making one: the one config for five of them
// against electron-builder's own schema, the fuses, what may be inside, the terms and the list of parts.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { strangersIn } from '../../scripts/package/contents.ts'
import { fuses, readFuses, setFuses } from '../../scripts/package/fuses.ts'
import { runtimePackages } from '../../scripts/package/runtime-packages.ts'
import { licencesFile, licenceText } from '../../scripts/packages/licence-texts.ts'
import { productPackages } from '../../scripts/packages/product-packages.ts'
import { billOfMaterials } from '../../scripts/packages/sbom.ts'
import { repositoryRoot } from '../support/repository-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const read = (path: string) => readFileSync(join(repositoryRoot, path), 'utf8')
const config = parse(read('electron-builder.yml'))

describe('electron-builder.yml', () => {
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('app-builder-lib/scheme.json'), 'utf8'))
  // Its own words for types ("typeof") are no part of JSON Schema.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  const faultsOf = (given: unknown) => {
    const valid = ajv.compile(schema)
    return valid(given) ? [] : (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }

  it('is what electron-builder says that a config is', () => {
    expect(faultsOf(config)).toEqual([])
  })

  it.each([
    ['a word that it does not know', { ...config, nsis: { ...config.nsis, oneClik: true } }],
    ['a value of another kind', { ...config, asar: 'yes' }],
    ['a target of another system', { ...config, mac: { ...config.mac, target: 7 } }],
  ])('would be refused with %s', (_name, planted) => {
    expect(faultsOf(planted)).not.toEqual([])
  })

  it('makes the five kinds of packages under names without spaces', () => {
    const { linux, win, mac } = config
    expect([...linux.target, ...win.target, ...mac.target]).toEqual(['AppImage', 'deb', 'rpm', 'nsis', 'dmg'])
    expect(config.artifactName).toMatch(/^[\w${}.-]+$/)
  })

  it('signs or refuses where the system has signatures, and looks for no update by itself', () => {
    expect(config.publish).toBeNull()
    expect(config.win.signtoolOptions.publisherName).not.toEqual([])
    expect(config.win.verifyUpdateCodeSignature).toBe(true)
    expect(config.mac.hardenedRuntime).toBe(true)
    const granted = [...read(config.mac.entitlements).matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)
    expect(granted).toEqual(['com.apple.security.cs.allow-jit'])
  })
})

describe('the fuses', () => {
  it('do not compile when one is left out', () => {
    const { RunAsNode: _left, ...others } = fuses
    // @ts-expect-error: a list that lacks one is no list of fuses
    const lacking: typeof fuses = others
    expect(Object.keys(lacking)).not.toContain('RunAsNode')
  })

  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const binary = (wire: string) => {
    const file = join(temporaryFolder(), 'binary')
    writeFileSync(file, `code${sentinel}${wire}more code`)
    return file
  }

  it('are all set, and what an Electron does not ask any more stays as it is', () => {
    const file = binary('\u0001\u000911011001r')
    setFuses(file)
    const wanted = Object.entries(fuses).map(([name, on]) => [name, on ? 'on' : 'off'])
    expect(readFuses(file)).toEqual({ ...Object.fromEntries(wanted), WasmTrapHandlers: 'removed' })
  })

  it('are set in both halves of a universal binary', () => {
    const file = binary(`\u0001\u00011 other half ${sentinel}\u0001\u00011`)
    setFuses(file)
    expect(readFileSync(file, 'latin1').split('\u0001\u00010')).toHaveLength(3)
  })

  it.each([
    ['a fuse that nobody decided on', '\u0001\u000a1101100111', 'fuse 9 that nobody decided on'],
    ['another kind of wire', '\u0002\u000811011001', 'version 2'],
  ])('stop the packaging at %s', (_name, wire, said) => {
    expect(() => setFuses(binary(wire))).toThrow(said)
  })

  it('stop the packaging of what has none', () => {
    const file = join(temporaryFolder(), 'binary')
    writeFileSync(file, 'no Electron')
    expect(() => setFuses(file)).toThrow('has no fuses')
  })
})

describe('the archive of a package', () => {
  it.each([
    ...['/main/core/router.ts', '/tests/house/ci.test.ts', '/dist/electron/main.mjs.map', '/dist/cli.mjs'],
    ...['/node_modules/vitest/index.js', '/node_modules/ssh2/test/test-exec.js', '/node_modules/libsql/README.md'],
    ...['/node_modules/libsql/index.d.ts', '/.env', '/resources/reference-app/server.mjs', '/id_ed25519'],
    ...['/node_modules/ssh2/lib/protocol/crypto/src/binding.cc', '/scripts/lab/main.ts', '/resources/catalog/key.pem'],
  ])('may not hold %s', (planted) => {
    expect(strangersIn(['/dist', '/dist/electron', '/dist/electron/main.mjs', planted])).toEqual([planted.slice(1)])
  })
})

describe('what is in a package', () => {
  const madeOf = ['main/shells/electron/main.ts', 'node_modules/react/index.js', 'node_modules/zod/v4/core/api.js']
  const packages = productPackages(repositoryRoot, { madeOf, beside: runtimePackages(repositoryRoot) })
  const product = { version: '1.2.3', licence: 'Apache-2.0', commit: 'c'.repeat(40) }

  it('is told as CycloneDX, by its schema, with the digests of the lock file', () => {
    const fixture = (name: string) => JSON.parse(read(`tests/fixtures/cyclonedx/${name}`))
    const ajv = new Ajv({ strict: false, validateFormats: false })
    ajv.addSchema(fixture('spdx.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
    ajv.addSchema(fixture('jsf-0.82.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
    const valid = ajv.compile(fixture('bom-1.5.schema.json'))
    const bill = JSON.parse(billOfMaterials(product, packages))
    expect(valid(bill) ? [] : valid.errors).toEqual([])
    expect(bill.components.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['react', 'zod', 'ssh2', 'libsql', 'electron']),
    )
    expect(bill.components.every(({ hashes }: { hashes?: unknown }) => hashes !== undefined)).toBe(true)
    expect(valid({ ...bill, bomFormat: 'something else' })).toBe(false)
  })

  it('is told in the same bytes each time', () => {
    expect(billOfMaterials(product, packages)).toBe(billOfMaterials(product, [...packages]))
  })

  it('has the text of its terms, and is not shipped without', () => {
    const texts = licencesFile(repositoryRoot, packages)
    for (const { name, version } of packages) expect(texts).toContain(`${name} ${version} (`)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'package.json'), '{}')
    const planted = {
      path: '',
      name: 'planted',
      version: '1.0.0',
      licence: 'MIT',
      named: undefined,
      integrity: undefined,
    }
    expect(licenceText(folder, planted)).toBeUndefined()
    expect(() => licencesFile(folder, [planted])).toThrow('no licence text')
  })

  it('knows only packages of the lock file', () => {
    const planted = { madeOf: ['node_modules/not-locked/index.js'], beside: [] }
    expect(() => productPackages(repositoryRoot, planted)).toThrow('not-locked')
  })
})
