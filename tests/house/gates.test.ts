// A gate that cannot fail is not a gate: each real tool, started exactly as `npm run check` starts it,
// passes a healthy project and refuses it with one fault planted, for the reason planted.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type GateName, runGate } from '../../scripts/check/gates.ts'
import { plantedProject } from '../support/planted-project.ts'
import { repositoryRoot } from '../support/repository-files.ts'

const main = 'main/shells/cli/main.ts'

interface Fault {
  readonly gate: GateName
  readonly name: string
  readonly path: string
  readonly text: string
  readonly says: RegExp
}

const faults: readonly Fault[] = [
  {
    gate: 'types',
    name: 'a value of the wrong type',
    path: main,
    text: "const count: number = 'one'\nconsole.log(count)\n",
    says: /main\.ts.*TS2322/,
  },
  {
    gate: 'types',
    name: 'shared/ importing main/',
    path: 'shared/domain/greeting.ts',
    text: "import { secret } from '../../main/secret.ts'\n\nexport const greeting = (name: string) => name + secret\n",
    says: /greeting\.ts.*TS6307/,
  },
  {
    gate: 'types',
    name: 'shared/ using a Node type',
    path: 'shared/domain/greeting.ts',
    text: 'export const greeting = (name: string) => name + process.pid\n',
    says: /greeting\.ts.*Cannot find name 'process'/,
  },
  {
    gate: 'types',
    name: 'an index that may be missing',
    path: main,
    text: 'const list: string[] = []\nconst first: string = list[0]\nconsole.log(first)\n',
    says: /main\.ts.*TS2322/,
  },
  {
    gate: 'types',
    name: 'an enum',
    path: main,
    text: 'enum Color {\n  red,\n}\nconsole.log(Color.red)\n',
    says: /main\.ts.*TS1294/,
  },
  {
    gate: 'lint and format',
    name: 'any',
    path: main,
    text: 'const a: any = 1\nconsole.log(a)\n',
    says: /noExplicitAny/,
  },
  {
    gate: 'lint and format',
    name: 'a promise nobody waits for',
    path: main,
    text: 'async function start() {\n  console.log(1)\n}\nstart()\n',
    says: /noFloatingPromises/,
  },
  {
    gate: 'lint and format',
    name: 'a default export',
    path: main,
    text: 'export default 1\n',
    says: /noDefaultExport/,
  },
  {
    gate: 'lint and format',
    name: 'an import without its ending',
    path: main,
    text: "import { greeting } from '../../../shared/domain/greeting'\n\nconsole.log(greeting('a'))\n",
    says: /useImportExtensions/,
  },
  {
    gate: 'lint and format',
    name: 'another format',
    path: main,
    text: 'console.log("ward 3");\n',
    says: /Formatter would have printed/,
  },
  {
    gate: 'dead code',
    name: 'an export nobody imports',
    path: 'shared/domain/greeting.ts',
    text: "export const greeting = (name: string) => name\nexport const farewell = 'bye'\n",
    says: /Unused exports[\s\S]*farewell/,
  },
  {
    gate: 'dead code',
    name: 'a file nobody imports',
    path: 'main/core/forgotten.ts',
    text: 'export const a = 1\n',
    says: /Unused files[\s\S]*forgotten\.ts/,
  },
  {
    gate: 'dead code',
    name: 'a package nobody imports',
    path: 'package.json',
    text: '{ "name": "planted", "type": "module", "dependencies": { "yaml": "2.9.1" }, "devDependencies": { "vitest": "4.1.12" } }\n',
    says: /Unused dependencies[\s\S]*yaml/,
  },
]

function check(root: string) {
  const words = [join(repositoryRoot, 'scripts', 'run.mjs'), 'check/main.ts', root]
  return spawnSync(process.execPath, words, { encoding: 'utf8' })
}

async function gateOn(gate: GateName, planted: Record<string, string>) {
  const project = plantedProject(planted)
  try {
    return await runGate(gate, project.root)
  } finally {
    project.close()
  }
}

describe('the gates of npm run check', () => {
  it.each(['types', 'lint and format', 'dead code'] as const)('%s: passes a healthy project', async (gate) => {
    const { passed, output } = await gateOn(gate, {})
    expect({ passed, output: passed ? '' : output }).toEqual({ passed: true, output: '' })
  })

  it.each(faults)('$gate: refuses $name', async ({ gate, path, text, says }) => {
    const other = { 'main/secret.ts': "export const secret = 'x'\n" }
    const { passed, output } = await gateOn(gate, gate === 'types' ? { ...other, [path]: text } : { [path]: text })
    expect(passed).toBe(false)
    expect(output).toMatch(says)
  })

  it('are all run, with one line each, and one failing gate fails the whole', () => {
    const project = plantedProject({ [main]: 'const a: any = 1\nconsole.log(a)\n' })
    const { status, stdout } = check(project.root)
    project.close()
    expect(status).toBe(1)
    expect(stdout).toMatch(/^FAILED +[\d.]+ s {2}lint and format$/m)
    expect(stdout).toMatch(/^ok +[\d.]+ s {2}types$/m)
    expect(stdout).toMatch(/^(ok|FAILED) +[\d.]+ s {2}dead code$/m)
    expect(stdout).toMatch(/^(ok|FAILED) +[\d.]+ s {2}architecture$/m)
  })
})
