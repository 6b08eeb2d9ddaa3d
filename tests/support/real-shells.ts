// The shells that words of ours meet on appliances: whichever of them this machine has; in CI half of them a day.
import { spawnSync } from 'node:child_process'
import { inSample } from '../../scripts/config/sample.ts'

const candidates: readonly (readonly [string, ...string[]])[] = [['sh'], ['dash'], ['bash'], ['busybox', 'sh']]

export const realShells = candidates.filter(([program], place) => {
  return inSample(place) && spawnSync(program, ['-c', 'true'], { stdio: 'ignore' }).error === undefined
})

/** What a shell prints for a script that it reads from standard input, as scripts travel to an appliance. */
export function runInShell([program, ...words]: readonly [string, ...string[]], script: string) {
  const { status, stdout, stderr } = spawnSync(program, words, { input: script, env: { ...process.env, HOME: '/' } })
  return { status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
}
