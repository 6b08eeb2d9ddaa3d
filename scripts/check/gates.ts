// The gates every change passes, as command lines. Each tool is started through Node by its own
// file, so that Windows, a path with spaces and a missing PATH make no difference.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'

export type GateName = 'types' | 'lint and format' | 'dead code' | 'architecture'

export interface GateResult {
  readonly gate: GateName
  readonly passed: boolean
  readonly seconds: number
  readonly output: string
}

const gateWords: Record<GateName, readonly string[]> = {
  // Each checker of a project works out again what the others know: on two cores one for each of two projects is fastest.
  types: ['typescript/bin/tsc', '--build', '--checkers', '1', '--builders', '2'],
  'lint and format': [
    '@biomejs/biome/bin/biome',
    'check',
    '--config-path=scripts/config',
    '--error-on-warnings',
    '--max-diagnostics=200',
    '.',
  ],
  'dead code': ['knip/bin/knip.js', '--config', 'scripts/config/knip.jsonc', '--no-progress', '--no-config-hints'],
  architecture: [
    'vitest/vitest.mjs',
    'run',
    '--config',
    'scripts/config/vitest.config.ts',
    'tests/architecture.test.ts',
  ],
}

export const gateNames = Object.keys(gateWords) as GateName[]

/** Runs one gate over the project in `root`; the tools come from `root`'s packages. */
export function runGate(gate: GateName, root: string): Promise<GateResult> {
  const started = performance.now()
  const [tool = '', ...words] = gateWords[gate]
  const script = join(root, 'node_modules', tool)
  const environment: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' }
  // The report is of the tests; the architecture gate would leave its own there.
  delete environment['RACKSIDE_TEST_REPORT']
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      resolve({ gate, passed: code === 0, seconds: (performance.now() - started) / 1000, output })
    })
  })
}
