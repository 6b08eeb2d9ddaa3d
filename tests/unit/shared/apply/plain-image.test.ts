// An image with a label that would look like one of ours, in real shells: it is refused, and gone again with its note.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ImageIdentity } from '../../../../shared/domain/artifact.ts'
import { commandLine } from '../../../../shared/domain/quote.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { bareFacts } from '../../../support/plan-cases.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { movedTo } from '../../../support/shell-appliance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const [config, manifest] = ['c', 'd'].map((digit) => digit.repeat(64)) as [string, string]
const image: ImageIdentity = {
  configDigest: `sha256:${config}`,
  manifestDigest: `sha256:${manifest}`,
  platform: { os: 'linux', architecture: 'amd64' },
  unpackedBytes: 1,
}
const spec = { kind: 'image', artifactSha256: 'a'.repeat(64), artifactId: 'vendor-image', image } as const
const check = actingKindOf(spec)
  .commands(spec, bareFacts(), 'run')
  .find(({ words }) => String(words[2]).includes('rackside plain-image'))

describe.each(realShells)('the look at an image that was loaded, in %s', (...shell) => {
  /** An engine that knows it by that id, and lists those labels. */
  const look = (id: string, labels: readonly string[]) => {
    const folder = temporaryFolder()
    const note = join(folder, 'rackside/images', `${config}.json`)
    const said = join(folder, 'said')
    mkdirSync(join(folder, 'rackside/images'), { recursive: true })
    mkdirSync(join(folder, 'tools'))
    writeFileSync(note, '{}')
    writeFileSync(join(folder, 'labels'), labels.map((one) => `${one}\n`).join(''))
    const docker = `#!/bin/sh
echo "$*" >>${said}
case "$*" in *${id}*) [ "$2" != inspect ] || cat ${folder}/labels ;; *) exit 1 ;; esac
`
    writeFileSync(join(folder, 'tools/docker'), docker, { mode: 0o755 })
    if (check === undefined) throw new Error('an image is not looked at')
    const text = `PATH=${folder}/tools:$PATH\n${movedTo(folder, commandLine(check))}`
    const ran = runInShell(shell as unknown as [string], text)
    return { ...ran, noted: existsSync(note), said: readFileSync(said, 'utf8') }
  }

  it.each([config, manifest])('lets one with other labels be (%s)', (id) => {
    const seen = look(id, ['org.opencontainers.image.title', 'com.rackside.other', 'racksideXprivileges'])
    expect(seen).toMatchObject({ status: 0, noted: true })
    expect(seen.said).not.toContain(' rm ')
    expect(look(id, []).status).toBe(0)
  })

  it.each([config, manifest])('refuses one with ours, and takes it away (%s)', (id) => {
    const seen = look(id, ['maintainer', 'rackside.privileges', 'rackside.uses'])
    expect(seen).toMatchObject({ status: 1, noted: false })
    expect(seen.stderr).toContain('the image has the label rackside.privileges')
    expect(seen.said).toContain(`image rm sha256:${id}`)
  })

  it('does not take one for looked at that the engine does not find', () => {
    expect(look('e'.repeat(64), [])).toMatchObject({ status: 1, noted: true })
  })
})
