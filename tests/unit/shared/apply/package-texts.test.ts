// Package files that root is about to run are what was sent, or nothing is run; in a real shell.
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hostAct } from '../../../../shared/apply/host-act.ts'
import { debInstall, rpmInstall, runInstaller } from '../../../../shared/apply/package-texts.ts'
import { commandLine } from '../../../../shared/domain/quote.ts'
import { finished, movedTo, startShell } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** An appliance with one artifact, and package managers that note what the files they are given hold. */
function place() {
  const folder = temporaryFolder()
  const used = join(folder, 'used')
  const text = `cat "$0" >>${used}\nprintf '%s\\n' "$1" >>${used}\n`
  const artifact = join(folder, 'rackside', 'artifacts', `sha256-${sha256(text)}`)
  mkdirSync(join(folder, 'rackside', 'artifacts'), { recursive: true })
  writeFileSync(artifact, text)
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  for (const name of ['apt-get', 'rpm']) {
    writeFileSync(join(programs, name), `#!/bin/sh\nfor one; do [ ! -f "$one" ] || cat "$one" >>${used}; done\n`)
    chmodSync(join(programs, name), 0o755)
  }
  const run = (act: string, ...words: string[]) => {
    const line = movedTo(folder, commandLine(hostAct('package-install', act, ...words)))
    return finished(startShell(line, `${programs}:${process.env['PATH']}`))
  }
  const left = () => readdirSync(join(folder, 'rackside', 'packages'))
  return { artifact, text, sum: sha256(text), run, left, used: () => existsSync(used) && readFileSync(used, 'utf8') }
}

describe.each([
  { way: 'deb', act: debInstall, words: (sum: string) => ['0', 'driver', 'driver', sum, 'driver_1.deb'] },
  { way: 'rpm', act: rpmInstall, words: (sum: string) => ['', 'driver', 'driver', sum, 'driver-1.rpm'] },
  { way: 'run', act: runInstaller, words: (sum: string) => ['driver', sum, 'driver.run', '--quiet'] },
])('a $way package', ({ act, words }) => {
  it('is used from a copy of what was sent, which does not stay', async () => {
    const { run, sum, text, left, used, artifact } = place()
    expect(await run(act, ...words(sum))).toMatchObject({ exitCode: 0 })
    expect(used()).toContain(text)
    expect([left(), readFileSync(artifact, 'utf8')]).toEqual([[], text])
  })

  it('that is not what was sent is not used, and what it is instead is said', async () => {
    const { run, sum, left, used, artifact } = place()
    writeFileSync(artifact, 'exit 0\n')
    const ended = await run(act, ...words(sum))
    expect(ended).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(`should be ${sum}, is ${sha256('exit 0\n')}`),
    })
    expect([left(), used()]).toEqual([[], false])
  })

  it('that is not there any more is not used', async () => {
    const { run, left, used } = place()
    expect(await run(act, ...words('0'.repeat(64)))).toMatchObject({ exitCode: 1 })
    expect([left(), used()]).toEqual([[], false])
  })
})
