// What each kind of step reads of a system, and what it will do about it; a hostile or broken answer is never taken
// for "missing".
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import type { Asked } from '../../../../shared/apply/asked.ts'
import type { StepSpec, StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'

const held = { owner: 'root', group: 'root', mode: '0644' }
const file: StepSpecOf<'file'> = { kind: 'file', path: '/etc/ward/one.conf', content: 'a\n', ...held }
const directory: StepSpecOf<'directory'> = { kind: 'directory', path: '/srv/ward', ...held, mode: '0750' }
const account: StepSpecOf<'account'> = { kind: 'account', user: 'ward', group: 'ward', groups: ['video'] }
const parameter: StepSpecOf<'kernel-parameter'> = { kind: 'kernel-parameter', key: 'vm.swappiness', value: '10' }
const volume: StepSpecOf<'volume'> = { kind: 'volume', name: 'records', deployment: 'ward' }
const unit: StepSpecOf<'systemd-unit'> = { kind: 'systemd-unit', name: 'docker.service', enabled: true, started: true }
const reboot: StepSpecOf<'reboot'> = { kind: 'reboot', package: 'driver' }
const runtime: StepSpecOf<'runtime-registration'> = {
  kind: 'runtime-registration',
  ...{ runtime: 'nvidia', path: '/usr/bin/nvidia', arguments: [], asDefault: false, activation: 'restart' },
}
const parts = ['docker.io', 'runc'].map((name) => ({
  ...{ name, version: '1.0', fileName: `${name}.deb`, artifactSha256: 'a'.repeat(64) },
}))
const packages: StepSpecOf<'host-package'> = {
  kind: 'host-package',
  ...{ package: 'engine', manager: 'deb', arguments: [], removeArguments: [] },
  ...{ hold: true, rebootNeeded: false, lockWaitSeconds: 5, parts },
}
const all: readonly StepSpec[] = [file, directory, account, parameter, volume, unit, reboot, runtime, packages]

function asked(spec: StepSpec, answer: Reading<string>): Asked {
  const question = kindOf(spec).look?.(spec as never) ?? ''
  const nothing = { engine: absent, containers: absent, images: absent, networks: absent, artifacts: absent }
  return { ...nothing, host: new Map([[question, answer]]) }
}
const reasonOf = (spec: StepSpec, text: string) => kindOf(spec).isTrue(spec as never, asked(spec, known(text))).reason

const sum = 'b'.repeat(64)
const fileText = (content: string, mode = '644') =>
  `is file\nheld root root ${mode}\nsha256 ${sum}\ncontent\n${content}`
const row = (name: string, letters: string, order = 'ge') => `part ${name} ${letters} ${order}\n`

describe('what is there', () => {
  it.each<[string, StepSpec, string, string]>([
    ['a file of this content', file, fileText('a\n'), 'there-as-wanted'],
    ['a file with one line more', file, fileText('a\n\n'), 'other-than-wanted'],
    ['a file that says it is a folder', file, fileText('a\n\nis directory\n'), 'other-than-wanted'],
    ['a file of another mode', file, fileText('a\n', '600'), 'other-than-wanted'],
    ['a file too large to be it', file, `is file\nheld root root 644\nsha256 ${sum}\nlarge\n`, 'other-than-wanted'],
    ['no file', file, 'is nothing\n', 'not-there'],
    ['a folder', directory, 'is directory\nheld root root 750\nabove /srv/ward\n', 'there-as-wanted'],
    ['a folder of others', directory, 'is directory\nheld li root 750\nabove /srv/ward\n', 'other-than-wanted'],
    ['an account in its groups', account, 'user\ngroups ward video\ngroup\nend\n', 'there-as-wanted'],
    ['an account outside a group', account, 'user\ngroups ward\ngroup\nend\n', 'other-than-wanted'],
    ['no account', account, 'end\n', 'not-there'],
    ['a parameter, kept', parameter, 'value 10\nline vm.swappiness = 10\n', 'there-as-wanted'],
    ['a parameter until the next reboot', parameter, 'value 10\n', 'other-than-wanted'],
    ['a parameter this kernel does not have', parameter, 'none\n', 'not-there'],
    ['our volume', volume, 'label records\n', 'there-as-wanted'],
    ['another volume of this name', volume, 'label \n', 'other-than-wanted'],
    ['a unit that runs', unit, 'enabled enabled\nactive active\nis nothing\n', 'there-as-wanted'],
    ['a unit that does not', unit, 'enabled enabled\nactive failed\nis nothing\n', 'unit-stopped'],
    ['a reboot', reboot, 'none\n', 'no-reboot-pending'],
    ['no reboot yet', reboot, 'pending\n', 'reboot-pending'],
    ['packages that are held', packages, row('docker.io', 'hi-') + row('runc', 'hi-'), 'there-as-wanted'],
    ['packages that are free', packages, row('docker.io', 'ii-') + row('runc', 'hi-'), 'other-than-wanted'],
    ['an older package', packages, row('docker.io', 'hi-', 'lt') + row('runc', 'hi-'), 'package-older'],
    ['a package half configured', packages, row('docker.io', 'iF-') + row('runc', 'ii-'), 'package-broken'],
    ['dpkg cut off', packages, `interrupted\n${row('docker.io', 'hi-')}${row('runc', 'hi-')}`, 'package-broken'],
    ['settings of a removed package', packages, row('docker.io', 'rc-', 'lt') + row('runc', 'ii-'), 'not-there'],
  ])('%s', (_what, spec, text, reason) => {
    expect(reasonOf(spec, text)).toBe(reason)
  })

  it('is not read where the answer broke off, and no kind does anything then', () => {
    for (const spec of all) {
      for (const answer of [unreadable('exit 1'), known(''), known('\u0000')]) {
        const { holds, reason } = kindOf(spec).isTrue(spec as never, asked(spec, answer))
        expect([spec.kind, holds, reason]).toEqual([spec.kind, false, 'not-read'])
      }
    }
  })

  it('never throws, whatever comes back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.string({ maxLength: 300 }), (spec, text) => {
        const facts = asked(spec, known(text))
        const kind = kindOf(spec)
        kind.isTrue(spec as never, facts)
        kind.problem?.(spec as never, facts)
        kind.stops?.(spec as never, facts)
        if ('commands' in kind) kind.commands(spec, facts, 'run')
      }),
      { numRuns: 500 },
    )
  })
})

describe('what stands in the way', () => {
  it.each<[string, StepSpec, string, object | undefined]>([
    ['a link', file, 'is link\n', { what: file.path, problem: 'link' }],
    ['a folder in the place of a file', file, 'is directory\nheld root root 755\n', { problem: 'other-kind' }],
    ['a volume of somebody else', volume, 'label \n', { what: 'records', problem: 'foreign' }],
    ['settings that are no JSON', runtime, `engine\n${fileText('{')}`, { problem: 'unparsable' }],
    ['nothing', file, 'is nothing\n', undefined],
  ])('%s', (_what, spec, text, failure) => {
    const found = kindOf(spec).problem?.(spec as never, asked(spec, known(text)))
    if (failure === undefined) expect(found).toBeUndefined()
    else expect(found).toMatchObject({ kind: 'host-object-unusable', ...failure })
  })
})

describe('an engine that is started anew', () => {
  const running = 'running ward-model\nrunning pacs\n'
  const said = (live: string) => `engine\nruntimes {"runc":{}}\ndefault runc\nlive ${live}\n${running}is nothing\n`
  const stops = (spec: StepSpecOf<'runtime-registration'>, text: string) =>
    kindOf(spec).stops?.(spec, asked(spec, known(text)))

  it('names every container that stops, also those of others', () => {
    expect(stops(runtime, said('false'))).toEqual(['ward-model', 'pacs'])
  })

  it('stops none where they live on, or where reading the settings again is enough', () => {
    expect(stops(runtime, said('true'))).toEqual([])
    expect(stops({ ...runtime, activation: 'reload' }, said('false'))).toEqual([])
  })
})
