// Runs tests of the suite in full, with what a soak adds to their environment: nothing is left out as it is in CI. What
// the runner prints is shown, and kept.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { soakRoot } from './soak-folders.ts'

export type TestsAsked = {
  readonly project: string
  /** Of the project; without any, all of it. */
  readonly files?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

export type TestsRan = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly output: Buffer
  readonly problems: readonly string[]
}

/** `reportFile`: where the runner writes its counts. */
export async function runTests(
  { project, files = [], environment }: TestsAsked,
  reportFile: string,
): Promise<TestsRan> {
  const words = ['run', '--config', 'scripts/config/vitest.config.ts', '--project', project, ...files]
  const { RACKSIDE_CI: _sampled, ...inFull } = process.env
  const child = spawn(process.execPath, [join(soakRoot, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: soakRoot,
    env: { ...inFull, ...environment, NO_COLOR: '1', RACKSIDE_TEST_REPORT: reportFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      process.stdout.write(chunk)
    })
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const { passed, failed, skipped } = countsIn(reportFile)
  const problems = [
    ...(failed > 0 ? [`${failed} tests of ${project} failed`] : []),
    ...(passed + failed === 0 ? [`no test of ${project} ran`] : []),
    ...(failed === 0 && code !== 0 ? [`the tests of ${project} ended with ${code}`] : []),
  ]
  return { passed, failed, skipped, output: Buffer.concat(chunks), problems }
}

function countsIn(file: string): Pick<TestsRan, 'passed' | 'failed' | 'skipped'> {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(file, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests }
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
