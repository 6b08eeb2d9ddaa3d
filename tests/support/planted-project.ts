// A small healthy project in a temporary folder, with the real tool configurations: a gate must pass
// it as it is and refuse it once one fault is planted.
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { repositoryRoot } from './repository-files.ts'

const realFiles = [
  '.gitignore',
  'tsconfig.json',
  ...['shared', 'main', 'renderer', 'scripts', 'tests', 'tests/ui'].map((folder) => `${folder}/tsconfig.json`),
  ...['biome.json', 'knip.jsonc', 'tsconfig.base.json'].map((file) => `scripts/config/${file}`),
]

const healthy: Readonly<Record<string, string>> = {
  'package.json': `${JSON.stringify({ name: 'planted', type: 'module', devDependencies: { vitest: '4.1.12' } }, null, 2)}\n`,
  'shared/domain/greeting.ts': 'export function greeting(name: string): string {\n  return `hello ${name}`\n}\n',
  'main/shells/cli/main.ts': `import { greeting } from '../../../shared/domain/greeting.ts'\n\nconsole.log(greeting('ward 3'))\n`,
  'renderer/app/begin.ts': `document.title = 'planted'\n`,
  'tests/ui/title.test.tsx': `import { expect, it } from 'vitest'

it('has a title', () => {
  expect(document.title).toBe('')
})
`,
  'scripts/build.mjs': `console.log('built')\n`,
  'tests/unit/greeting.test.ts': `import { expect, it } from 'vitest'
import { greeting } from '../../shared/domain/greeting.ts'

it('greets by name', () => {
  expect(greeting('a')).toBe('hello a')
})
`,
}

export function plantedProject(faults: Readonly<Record<string, string>> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'rackside-planted-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  for (const file of realFiles) cpSync(join(repositoryRoot, file), join(root, file))
  symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'), 'junction')
  for (const [path, text] of Object.entries({ ...healthy, ...faults })) write(path, text)
  return { root, close: () => rmSync(root, { recursive: true, force: true }) }
}
