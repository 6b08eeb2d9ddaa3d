// What a package manager's answer means, and what a vendor's installer left behind, asked in real shells.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageLookOf, packageQuestion } from '../../../../shared/apply/package-look.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const part = (name: string, version = '1.0') => ({ name, version, fileName: name, artifactSha256: 'a'.repeat(64) })
const spec: StepSpecOf<'host-package'> = {
  kind: 'host-package',
  ...{ package: 'engine', manager: 'deb', arguments: [], removeArguments: [] },
  ...{ hold: true, rebootNeeded: false, lockWaitSeconds: 5, parts: [part('one')] },
}
const look = (text: string, of = spec) => packageLookOf(of, { host: new Map([[packageQuestion(of), known(text)]]) })

describe('a package', () => {
  it.each([
    ['un-', 'lt', { is: 'none', held: false, fresh: true }],
    ['', 'lt', { is: 'none', held: false, fresh: true }],
    ['rc-', 'lt', { is: 'none', held: false, fresh: false }],
    ['hc-', 'lt', { is: 'none', held: true, fresh: false }],
    ['ii-', 'ge', { is: 'installed', held: false, fresh: false }],
    ['hi-', 'ge', { is: 'installed', held: true, fresh: false }],
    ['ii-', 'lt', { is: 'older', held: false, fresh: false }],
    ['iU-', 'ge', { is: 'broken', held: false, fresh: false }],
    ['iiR', 'ge', { is: 'broken', held: false, fresh: false }],
    ['hiR', 'ge', { is: 'broken', held: true, fresh: false }],
  ])('of which dpkg says %j and %s', (letters, order, is) => {
    const parts = [{ name: 'one', ...is }]
    const text = `part other ii- ge\npart one ${letters} ${order}\n`
    expect(look(text)).toEqual(known({ parts, interrupted: false, ours: false }))
    expect(look(`interrupted\nours\n${text}`)).toEqual(known({ parts, interrupted: true, ours: true }))
  })

  it('is not understood where it is not among those that were told of, or in no order', () => {
    for (const text of ['part other ii- ge\n', 'part one ii- eq\n', 'part one\n', 'ours\n']) {
      expect(look(text).state).toBe('unreadable')
    }
  })
})

describe.each(realShells)('what an installer left, asked in %s', (...shell) => {
  const told = (content: string | undefined, field?: string, version = '1.9') => {
    const path = join(temporaryFolder(), 'version')
    if (content !== undefined) writeFileSync(path, content)
    const versionFile = { path, ...(field === undefined ? {} : { field }) }
    const of = { ...spec, manager: 'run' as const, parts: [part('driver', version)], versionFile }
    const { stdout, status } = runInShell(shell as unknown as [string], packageQuestion(of))
    const found = look(stdout, of)
    return [status, found.state === 'known' ? found.value.parts[0]?.is : found.state]
  }

  it('is the first line of a file, or what stands behind a name, compared as versions', () => {
    expect(told('1.10\nmore\n')).toEqual([0, 'installed'])
    expect(told('1.9 \r\n')).toEqual([0, 'installed'])
    expect(told('1.8\n')).toEqual([0, 'older'])
    expect(told('other=3\nVersion=1.10\n', 'Version')).toEqual([0, 'installed'])
    expect(told('other=3\nVersion=1.2\n', 'Version')).toEqual([0, 'older'])
  })

  it('is nothing where there is no such file, or nothing in it', () => {
    expect([told(undefined), told(''), told('other=3\n', 'Version')]).toEqual(Array(3).fill([0, 'none']))
    const { versionFile: _none, ...of } = { ...spec, manager: 'run' as const, versionFile: undefined }
    expect(look(runInShell(shell as unknown as [string], packageQuestion(of)).stdout, of)).toMatchObject({
      value: { parts: [{ is: 'none' }] },
    })
  })
})
