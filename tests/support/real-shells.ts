// The shells that words of ours meet on appliances: whichever of them this machine has, each once; in CI one of them a day.
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { inSample } from '../../scripts/config/sample.ts'

type Shell = readonly [string, ...string[]]

/** The last one is what this machine calls `sh`, where that is none of the others. */
const candidates: readonly Shell[] = [['dash'], ['bash'], ['busybox', 'sh'], ['sh']]

function binaryOf([program]: Shell): string | undefined {
  const found = spawnSync('/bin/sh', ['-c', `command -v ${program}`], { encoding: 'utf8' })
  return found.status === 0 ? realpathSync(found.stdout.trim()) : undefined
}

const binaries = candidates.map(binaryOf)
const there = candidates.filter((_, at) => binaries[at] !== undefined && binaries.indexOf(binaries[at]) === at)

export const realShells = there.filter((_, place) => inSample(place, there.length))

/** What a shell prints for a script that it reads from standard input, as scripts travel to an appliance. */
export function runInShell([program, ...words]: readonly [string, ...string[]], script: string) {
  const { status, stdout, stderr } = spawnSync(program, words, { input: script, env: { ...process.env, HOME: '/' } })
  return { status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
}
