// The import table of the design, the owners of dangerous packages and the rules of the house, held
// against the real tree; then the same rules held against planted violations that each must catch.
import { describe, expect, it } from 'vitest'
import { vendorListText, vendorNamesIn } from '../scripts/vendors/vendor-list.ts'
import {
  badNames,
  barrels,
  defaultExports,
  impureGlobals,
  longFiles,
  missingOpenings,
  namedZodImports,
  sharedMocks,
  strayRootEntries,
  unverifiedClients,
  workplaceNames,
} from './support/house-rules.ts'
import { forbiddenImports, importCircles, type Layer, strayImporters } from './support/import-table.ts'
import { isSource, readFiles, repositoryPaths } from './support/repository-files.ts'
import { soleImporters } from './support/sole-importers.ts'

const pure = { nodeBuiltins: false, packages: ['zod'] }
const hands = { nodeBuiltins: true, packages: ['zod'] }
const link = ['@orpc/client', '@orpc/contract', '@orpc/server', 'ws']
const tuf = ['tuf-js', '@tufjs/models', '@tufjs/canonical-json']
const face = { nodeBuiltins: false, packages: ['react', 'react-dom', 'antd', '@ant-design/icons'] }
// Only the app knows addresses: screens get their ways to one another handed in.
const screens = ['i18next', 'react-i18next', 'zustand', '@tanstack/react-query']
const everyHand = [
  ...['files', 'connect', 'trust', 'vault', 'alerts', 'oidc', 'facts'],
  ...['apply', 'verify', 'observe', 'catalog', 'store', 'demo'],
]

const importTable: readonly Layer[] = [
  { from: 'shared/domain', ours: [], ...pure },
  { from: 'shared/contract', ours: ['shared/domain'], ...pure, packages: ['zod', '@orpc/contract'] },
  { from: 'shared/words', ours: ['shared/domain'], ...pure },
  { from: 'shared/facts', ours: ['shared/domain'], ...pure },
  { from: 'shared/apply', ours: ['shared/domain'], ...pure },
  { from: 'shared/verify', ours: ['shared/domain'], ...pure },
  { from: 'shared/observe', ours: ['shared/domain'], ...pure },
  { from: 'shared/plan', ours: ['shared/domain', 'shared/apply'], ...pure },

  // Plain files of this computer, for every hand that reads one.
  { from: 'main/files', ours: [], nodeBuiltins: true, packages: [] },
  { from: 'main/http', ours: [], nodeBuiltins: true, packages: [] },
  { from: 'main/connect', ours: ['shared/domain'], ...hands, packages: ['zod', 'ssh2', 'execa', 'dockerode'] },
  { from: 'main/vault', ours: ['shared/domain'], ...hands },
  { from: 'main/facts', ours: ['shared'], ...hands, packages: ['zod', 'systeminformation'] },
  { from: 'main/apply', ours: ['shared'], ...hands },
  { from: 'main/verify', ours: ['shared'], ...hands },
  { from: 'main/observe', ours: ['shared'], ...hands },
  { from: 'main/catalog', ours: ['main/files', 'shared'], ...hands, packages: ['zod', 'yaml'] },
  { from: 'main/trust', ours: ['main/files', 'main/vault', 'shared/domain'], ...hands, packages: ['zod', ...tuf] },
  // Ways out to people: each dials the host that somebody set, and no appliance.
  { from: 'main/alerts', ours: ['main/http', 'shared'], ...hands, packages: ['zod', 'nodemailer'] },
  // The site's identity provider: the one way out for signing in.
  { from: 'main/oidc', ours: ['main/http', 'shared/domain'], ...hands, packages: ['zod', 'openid-client'] },
  { from: 'main/store', ours: ['main/files', 'shared'], ...hands, packages: ['zod', 'libsql'] },
  { from: 'main/demo', ours: ['shared/domain', 'shared/facts'], ...hands, packages: ['zod', 'ssh2'] },
  // Above the core, not below it: it opens the core here, or reaches the process that has it open.
  {
    from: 'main/console-host',
    ours: ['main/core', 'main/files', 'main/store', 'shared'],
    ...hands,
    packages: ['zod', 'systeminformation'],
  },
  {
    from: 'main/core',
    ours: ['shared', ...everyHand.map((name) => `main/${name}`)],
    ...hands,
    packages: ['zod', ...link],
  },
  // How every shell that is started in a terminal speaks there, and ends.
  { from: 'main/terminal', ours: ['shared/domain', 'shared/words'], nodeBuiltins: true, packages: [] },
  {
    from: 'main/shells/*',
    ours: [
      'main/core',
      'main/console-host',
      'main/terminal',
      'main/files',
      'shared/contract',
      'shared/words',
      'shared/domain',
    ],
    ...hands,
    packages: ['zod', 'electron', 'hono', '@hono/node-server', ...link],
  },

  { from: 'renderer/ui', ours: [], ...face, packages: [...face.packages, 'uplot', '@xterm/xterm', '@xterm/addon-fit'] },
  { from: 'renderer/i18n', ours: [], ...face, packages: ['i18next', 'react-i18next'] },
  // The console as a screen sees it: the one place below the screens that knows how answers travel.
  {
    from: 'renderer/console',
    ours: ['renderer/ui', 'renderer/i18n', 'shared/domain', 'shared/contract', 'shared/words'],
    ...face,
    packages: [...face.packages, ...screens, '@orpc/client', '@orpc/contract'],
  },
  {
    from: 'renderer/features/*',
    ours: [
      ...['renderer/ui', 'renderer/i18n', 'renderer/console'],
      ...['shared/domain', 'shared/contract', 'shared/words', 'shared/observe'],
    ],
    ...face,
    packages: [...face.packages, ...screens, '@tanstack/react-virtual'],
  },
  {
    from: 'renderer/app',
    ours: ['renderer', 'shared'],
    ...face,
    packages: [...face.packages, ...screens, '@tanstack/react-router', '@orpc/client'],
  },

  { from: 'resources/*', ours: [], nodeBuiltins: true, packages: [] },
  { from: 'scripts', ours: ['main/core', 'shared'], nodeBuiltins: true, packages: 'any' },
  {
    from: 'tests',
    ours: ['shared', 'main', 'renderer', 'scripts', 'resources', '.ci'],
    nodeBuiltins: true,
    packages: 'any',
  },
  { from: '.ci', ours: [], nodeBuiltins: true, packages: [] },
]

const rootEntries = [
  ...['main', 'renderer', 'shared', 'scripts', 'resources', 'tests'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'electron-builder.yml', 'LICENSE', 'README.md'],
  ...['.ci', '.gitattributes', '.gitignore'],
]

const paths = repositoryPaths()
const texts = readFiles(paths)
const sources = texts.filter((file) => isSource(file.path))
const product = sources.filter((file) => !file.path.startsWith('tests/'))
const sharedSources = sources.filter((file) => file.path.startsWith('shared/'))

describe('the house', () => {
  it('finds its own sources', () => {
    expect(sources.map((file) => file.path)).toContain('shared/domain/failure.ts')
  })

  it('imports only what the import table allows', () => {
    expect(forbiddenImports(sources, importTable)).toEqual([])
  })

  it('imports nothing by a circle below the face', () => {
    expect(importCircles(product.filter((file) => !file.path.startsWith('renderer/')))).toEqual([])
  })

  it('keeps ssh2, execa and electron with their one owner', () => {
    expect(strayImporters(sources, soleImporters)).toEqual([])
  })

  it('keeps shared/ free of clock, chance, process and network', () => {
    expect(impureGlobals(sharedSources)).toEqual([])
  })

  it('makes its one SSH client in one module, with a host key verifier (P1)', () => {
    expect(unverifiedClients(product)).toEqual([])
    expect(product.filter((file) => /new ssh2\.Client\(/.test(file.text)).map((file) => file.path)).toEqual([
      'main/connect/ssh.ts',
    ])
  })

  it('has nothing unexpected in its root', () => {
    expect(strayRootEntries(paths, rootEntries)).toEqual([])
  })

  it('has no default exports and no barrels', () => {
    expect([...defaultExports(sources), ...barrels(sources)]).toEqual([])
  })

  it('replaces modules only in tests with modules of their own', () => {
    expect(sharedMocks(sources)).toEqual([])
  })

  it('names files in kebab-case for what they do', () => {
    expect(badNames(sources.map((file) => file.path))).toEqual([])
  })

  it('opens every module with the reason it exists', () => {
    expect(missingOpenings(product)).toEqual([])
  })

  it('has no source file over 400 lines', () => {
    expect(longFiles(sources)).toEqual([])
  })

  it('imports zod as a namespace', () => {
    expect(namedZodImports(sources)).toEqual([])
  })

  it('names nothing of the workplace it was written in', () => {
    expect(workplaceNames(texts)).toEqual([])
  })

  it('reads every vendor that has a file (`npm run vendors` writes the list)', () => {
    const files = vendorFiles()
    expect(files.get('all.ts')).toBe(vendorListText(vendorNamesIn(files)))
    const another = new Map([...files, ['acme.ts', 'export const acme: VendorReader = {']])
    expect(files.get('all.ts')).not.toBe(vendorListText(vendorNamesIn(another)))
  })
})

function vendorFiles(): Map<string, string> {
  const folder = 'shared/facts/accelerators/'
  const own = texts.filter(({ path }) => path.startsWith(folder))
  return new Map(own.map(({ path, text }) => [path.slice(folder.length), text]))
}

/** The other half of a planted circle. */
const circleEnd = { path: 'main/core/circle-end.ts', text: "import type { A } from './access/x.ts'" }

/** A rule over one planted file: what it says about it. */
type Judge = (path: string, text: string) => string[]

const judges = {
  imports: (path, text) => forbiddenImports([{ path, text }], importTable),
  circles: (path, text) => importCircles([{ path, text }, circleEnd]).slice(0, 1),
  owners: (path, text) => strayImporters([{ path, text }], soleImporters),
  verifier: (path, text) => unverifiedClients([{ path, text }]),
  purity: (path, text) => impureGlobals([{ path, text }]),
  defaults: (path, text) => defaultExports([{ path, text }]),
  mocks: (path, text) => sharedMocks([{ path, text }]),
  barrels: (path, text) => barrels([{ path, text }]),
  names: (path) => badNames([path]),
  openings: (path, text) => missingOpenings([{ path, text }]),
  length: (path, text) => longFiles([{ path, text }]),
  zod: (path, text) => namedZodImports([{ path, text }]),
  root: (path) => strayRootEntries([path], rootEntries),
  workplace: (path, text) => workplaceNames([{ path, text }]),
} satisfies Record<string, Judge>

type Planted = readonly [rule: keyof typeof judges, path: string, text: string]

const mustFail: readonly Planted[] = [
  // One for every row of the import table.
  ['imports', 'shared/domain/x.ts', "import { a } from '../words/a.ts'"],
  ['imports', 'shared/contract/x.ts', "import { a } from '../words/a.ts'"],
  ['imports', 'shared/words/x.ts', "import { a } from '../plan/a.ts'"],
  ['imports', 'shared/facts/accelerators/x.ts', "import { a } from '../../observe/a.ts'"],
  ['imports', 'shared/apply/x.ts', "import { a } from '../plan/a.ts'"],
  ['imports', 'shared/verify/x.ts', "import { a } from '../facts/a.ts'"],
  ['imports', 'shared/observe/x.ts', "import { a } from '../facts/a.ts'"],
  ['imports', 'shared/plan/x.ts', "import { a } from '../facts/a.ts'"],
  ['imports', 'shared/domain/x.ts', "import { a } from '../../main/core/a.ts'"],
  ['imports', 'main/connect/x.ts', "import { a } from '../../shared/plan/a.ts'"],
  ['imports', 'main/vault/x.ts', "import { a } from '../store/a.ts'"],
  ['imports', 'main/files/x.ts', "import { a } from '../../shared/domain/a.ts'"],
  ['imports', 'main/http/x.ts', "import { a } from '../../shared/domain/a.ts'"],
  ['imports', 'main/facts/x.ts', "import { a } from '../connect/ssh.ts'"],
  ['imports', 'main/apply/x.ts', "import { a } from '../facts/gather.ts'"],
  ['imports', 'main/verify/x.ts', "import { a } from '../apply/run.ts'"],
  ['imports', 'main/observe/x.ts', "import { a } from '../connect/pool.ts'"],
  ['imports', 'main/catalog/x.ts', "import { a } from '../store/a.ts'"],
  ['imports', 'main/alerts/x.ts', "import { a } from '../store/a.ts'"],
  ['imports', 'main/oidc/x.ts', "import { a } from '../store/a.ts'"],
  ['owners', 'main/alerts/x.ts', "import { createTransport } from 'nodemailer'"],
  ['owners', 'main/core/x.ts', "import { discovery } from 'openid-client'"],
  ['imports', 'main/store/x.ts', "import { a } from '../core/a.ts'"],
  ['imports', 'main/trust/x.ts', "import { a } from '../catalog/a.ts'"],
  ['owners', 'main/trust/x.ts', "import { Updater } from 'tuf-js'"],
  ['owners', 'main/core/x.ts', "import { Metadata } from '@tufjs/models'"],
  ['imports', 'main/demo/x.ts', "import { a } from '../../shared/plan/a.ts'"],
  ['imports', 'main/console-host/x.ts', "import { a } from '../connect/ssh.ts'"],
  ['imports', 'main/core/x.ts', "import { a } from '../console-host/a.ts'"],
  ['imports', 'main/core/x.ts', "import { a } from '../shells/cli/main.ts'"],
  ['imports', 'main/terminal/x.ts', "import { a } from '../shells/cli/a.ts'"],
  ['imports', 'main/shells/cli/x.ts', "import { a } from '../web/a.ts'"],
  ['imports', 'main/shells/cli/x.ts', "import { a } from '../../connect/ssh.ts'"],
  ['imports', 'main/shells/web/x.ts', "import { a } from '../../../shared/plan/a.ts'"],
  ['imports', 'renderer/ui/x.tsx', "import { a } from '../i18n/a.ts'"],
  ['imports', 'renderer/i18n/x.ts', "import { a } from '../app/a.ts'"],
  ['imports', 'renderer/console/x.tsx', "import { a } from '../features/fleet/a.tsx'"],
  ['imports', 'renderer/console/x.ts', "import { a } from '../../shared/observe/a.ts'"],
  ['imports', 'renderer/console/x.ts', "import { createRouter } from '@tanstack/react-router'"],
  ['imports', 'renderer/features/fleet/x.tsx', "import { useNavigate } from '@tanstack/react-router'"],
  ['imports', 'renderer/ui/x.tsx', "import { a } from '../console/a.ts'"],
  ['imports', 'renderer/features/fleet/x.tsx', "import { a } from '../setup/a.tsx'"],
  ['imports', 'renderer/features/fleet/x.tsx', "import { a } from '../../../shared/plan/a.ts'"],
  ['imports', 'renderer/app/x.tsx', "import { a } from '../../main/core/a.ts'"],
  ['imports', 'resources/reference-app/x.mjs', "import { a } from '../../shared/domain/a.ts'"],
  ['imports', 'scripts/lab/x.ts', "import { a } from '../../main/connect/ssh.ts'"],
  ['imports', '.ci/x.mjs', "import { a } from '../scripts/lab/main.ts'"],
  // Folders of no layer, and files that sit beside the layers.
  ['imports', 'shared/extra/x.ts', ''],
  ['imports', 'shared/x.ts', ''],
  ['imports', 'main/x.ts', ''],
  ['imports', 'main/shells/x.ts', ''],
  // Every form an import can take.
  ['imports', 'shared/domain/x.ts', "import type { A } from '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', "import {\n  type A,\n  b,\n} from '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', "export { a } from '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', "export type * from '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', "import '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', 'const a = await import("../words/a.ts")'],
  ['imports', 'shared/domain/x.ts', 'const a = await import(`../words/a.ts`)'],
  ['imports', 'shared/domain/x.ts', "type A = import('../words/a.ts').A"],
  ['imports', 'shared/domain/x.ts', "const a = require('../words/a.ts')"],
  ['imports', 'shared/domain/x.ts', "const b = /['`]/.test(c)\nimport { a } from '../words/a.ts'"],
  ['imports', 'shared/domain/x.ts', "const b = `${c ? `'` : '}'}`\nimport { a } from '../words/a.ts'"],
  ['imports', 'main/core/x.ts', 'const a = await import(name)'],
  ['imports', 'main/core/x.ts', 'const a = await import(`./${name}.ts`)'],
  ['imports', 'main/core/x.ts', "import { a } from '../../../elsewhere/a.ts'"],
  ['imports', 'main/core/x.ts', "import { a } from '/elsewhere/a.ts'"],
  // Node and packages where they have no place.
  ['imports', 'shared/domain/x.ts', "import { readFileSync } from 'node:fs'"],
  ['imports', 'shared/domain/x.ts', "import { readFileSync } from 'fs'"],
  ['imports', 'shared/domain/x.ts', '/// <reference types="node" />'],
  ['imports', 'shared/plan/x.ts', "import semver from 'semver'"],
  ['imports', 'main/apply/x.ts', "import Docker from 'dockerode'"],
  ['imports', 'renderer/ui/x.tsx', "import { readFileSync } from 'node:fs'"],
  ['circles', 'main/core/access/x.ts', "import { a } from '../circle-end.ts'"],
  ['owners', 'main/connect/pool.ts', "import ssh2 from 'ssh2'\nconst client = new ssh2.Client()"],
  ['owners', 'main/connect/ssh.ts', "import { Server } from 'ssh2'"],
  ['owners', 'main/console-host/x.ts', "const { battery } = await import('systeminformation')"],
  ['owners', 'main/connect/ssh.ts', "import { execa } from 'execa'"],
  ['owners', 'scripts/lab/x.ts', "import { execa } from 'execa'"],
  ['owners', 'main/shells/electron/x.ts', "import { Hono } from 'hono'"],
  ['owners', 'main/shells/cli/x.ts', "import { getRequestListener } from '@hono/node-server'"],
  ['owners', 'renderer/features/observe/x.tsx', "import uPlot from 'uplot'"],
  ['owners', 'renderer/features/terminal/x.ts', "import { Terminal } from '@xterm/xterm'"],
  ['owners', 'main/core/x.ts', "import { chromium } from 'playwright-core'"],
  ['owners', 'main/shells/electron/main.ts', "import { app } from 'electron'"],
  ['verifier', 'main/connect/ssh.ts', 'const a = new ssh2.Client()\na.connect({ username })'],
  ['verifier', 'main/connect/ssh.ts', 'new ssh2.Client().connect({ hostVerifier: a })\nnew Client().connect({ host })'],
  ['verifier', 'main/connect/jump.ts', 'const a = new ssh2.Client()\na.connect({ hostVerifier: b })'],
  ['verifier', 'scripts/bench/x.ts', 'const a = new Client()'],
  // The rules of the house.
  ['purity', 'shared/plan/x.ts', 'export const at = Date.now()'],
  ['purity', 'shared/plan/x.ts', 'export const at = new Date()'],
  ['purity', 'shared/plan/x.ts', 'export const id = Math.random()'],
  ['purity', 'shared/plan/x.ts', 'export const home = process.env'],
  ['purity', 'shared/plan/x.ts', "export const bytes = Buffer.from('')"],
  ['purity', 'shared/plan/x.ts', 'console.log(1)'],
  ['purity', 'shared/plan/x.ts', 'const a = `${setTimeout(f, 1)}`'],
  ['purity', 'shared/plan/x.ts', "await fetch('http://a')"],
  ['defaults', 'main/core/x.ts', 'export default function start() {}'],
  ['defaults', 'main/core/x.ts', 'export { start as default }'],
  ['mocks', 'tests/unit/x.test.ts', "vi.mock('node:fs', () => ({}))"],
  ['mocks', 'tests/ui/x.test.tsx', "vi.doMock('../a.ts')"],
  ['barrels', 'main/core/x.ts', "// Why.\nexport { a } from './a.ts'\nexport type { B } from './b.ts'"],
  ['barrels', 'main/core/x.ts', "export * from './a.ts'\nexport const b = 1"],
  ['names', 'main/core/index.ts', ''],
  ['names', 'main/core/startRun.ts', ''],
  ['names', 'main/core/run-utils.ts', ''],
  ['names', 'main/core/plan-manager.ts', ''],
  ['names', 'main/helpers/time.ts', ''],
  ['openings', 'main/core/x.ts', "import { a } from './a.ts'\n// Too late."],
  ['length', 'main/core/x.ts', 'const a = 1\n'.repeat(401)],
  ['zod', 'shared/domain/x.ts', "import { z } from 'zod'"],
  ['root', 'notes.md', ''],
  ['root', 'lib/x.ts', ''],
  ['workplace', 'scripts/lab/x.ts', `const a = '../${'shared/samples'}/a.txt'`],
  ['workplace', 'main/core/x.ts', `// See ../${'shared/design'}.md`],
  ['workplace', 'README.md', `/${'work'}/main`],
  ['workplace', '.ci/run', `exec ../${'shared/tools'}/electron-runtime`],
  ['workplace', '.ci/with-electron', `cat ../${'shared/tools'}/other`],
]

const mustPass: readonly Planted[] = [
  ['imports', 'shared/plan/x.ts', "import { isTrue } from '../apply/step.ts'\nimport * as z from 'zod'"],
  ['imports', 'main/core/x.ts', "import { a } from '../connect/ssh.ts'\nimport { b } from 'node:path'"],
  ['imports', 'main/shells/cli/x.ts', "import { a } from '../../console-host/a.ts'\nimport { b } from './b.ts'"],
  ['imports', 'renderer/features/fleet/x.tsx', "import { a } from './parts/a.tsx'\nconst b = <p>don't</p>"],
  ['imports', 'shared/domain/x.ts', "// import { a } from '../words/a.ts'\nconst b = \"import '../words/a.ts'\""],
  ['circles', 'main/core/x.ts', "import { a } from './circle-end.ts'"],
  ['owners', 'main/connect/ssh.ts', "import ssh2, { type ClientChannel } from 'ssh2'\nnew ssh2.Client()"],
  ['owners', 'main/connect/keys.ts', "import ssh2, { type ClientChannel } from 'ssh2'\nssh2.utils.parseKey(a)"],
  ['verifier', 'main/connect/ssh.ts', 'const a = new ssh2.Client()\na.connect({ hostVerifier: b })'],
  ['purity', 'shared/plan/x.ts', 'const a = new Date(atMs)\nconst b = { process: 1 }\nc.process.name'],
  ['defaults', 'scripts/config/vitest.config.ts', 'export default {}'],
  ['mocks', 'tests/ui/x-isolated.test.tsx', "vi.mock('../a.ts', () => ({}))"],
  ['defaults', 'main/core/x.ts', "import { default as a, b } from './a.ts'"],
  ['barrels', 'main/core/x.ts', "export type { B } from './b.ts'\nexport const c = 1"],
  ['openings', 'scripts/x.mjs', '#!/usr/bin/env node\n// Why.'],
  ['length', 'main/core/x.ts', 'const a = 1\n'.repeat(400)],
  ['workplace', 'main/open.ts', "import { a } from '../shared/domain/a.ts'"],
  ['workplace', '.ci/with-electron', `exec ../${'shared/tools'}/electron-runtime`],
  ['workplace', 'main/store/x.ts', "import { a } from '../../shared/facts/system.ts'"],
]

describe('the rules of the house, each with violations that it must catch', () => {
  it.each(mustFail)('%s: refuses a planted %s with %j', (rule, path, text) => {
    expect(judges[rule](path, text)).toHaveLength(1)
  })

  it.each(mustPass)('%s: leaves %s alone with %j', (rule, path, text) => {
    expect(judges[rule](path, text)).toEqual([])
  })

  it('has a planted violation for every layer and every rule', () => {
    const planted = mustFail.filter(([rule]) => rule === 'imports').map(([, path]) => path)
    const unproved = importTable.filter(({ from }) => !planted.some((path) => path.startsWith(from.replace(/\*$/, ''))))
    expect(unproved.map(({ from }) => from).filter((from) => from !== 'tests')).toEqual([])
    expect(Object.keys(judges).filter((rule) => !mustFail.some(([name]) => name === rule))).toEqual([])
  })
})
