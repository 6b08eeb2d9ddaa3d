// What the steps do that bring packages and tell the engine of a runtime, in words: what is installed, held, merged, and
// what of it goes again.
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { acting, acts, commands, looked, remove, undo } from '../../../support/host-acts.ts'

const sum = 'b'.repeat(64)

describe('packages', () => {
  const part = (name: string) => ({ name, version: '1.0', fileName: `${name}.deb`, artifactSha256: sum })
  const spec: StepSpecOf<'host-package'> = {
    kind: 'host-package',
    ...{ package: 'engine', manager: 'deb', arguments: ['--silent'], removeArguments: ['--uninstall'] },
    ...{ hold: true, rebootNeeded: false, lockWaitSeconds: 5, parts: [part('docker.io'), part('runc')] },
  }
  const driver = { ...spec, manager: 'run' as const, hold: true, rebootNeeded: true, parts: [part('driver')] }
  const note = 'host-package.engine'
  const row = (name: string, letters: string, order = 'lt') => `part ${name} ${letters} ${order}\n`
  const files = ['docker.io', sum, 'docker.io.deb', 'runc', sum, 'runc.deb']
  const installed = ['package-install', '5', 'engine', ...files]
  const held = ['package-hold', 'hold', 'docker.io', 'runc']

  it('that are not there are installed in one transaction and held, and purged where nothing of them was there', () => {
    const text = row('docker.io', 'un-') + row('runc', 'rc-')
    const before = { missing: 'docker.io runc', fresh: 'docker.io', free: 'docker.io runc' }
    expect(commands(spec, text)).toEqual([['note', note, before, ''], installed, held])
    const taken = [
      ['package-remove', '5', 'remove', 'docker.io', 'runc'],
      ['package-purge', '5', 'purge', 'docker.io'],
    ]
    expect(undo(spec, text, 0)).toEqual([['unnote', note]])
    expect(undo(spec, text, 1)).toEqual([...taken, ['unnote', note]])
    expect(remove(spec, before)).toEqual([['package-hold', 'install', 'docker.io', 'runc'], ...taken, ['forget', note]])
    expect(remove(spec, {})).toEqual([['forget', note]])
    expect(remove({ ...spec, hold: false }, { free: 'runc' })).toEqual([['forget', note]])
  })

  it('that broke off are repaired first; those that are only free are only held', () => {
    const broken = row('docker.io', 'iF-') + row('runc', 'hi-', 'ge')
    const before = { missing: '', fresh: '', free: 'docker.io' }
    expect(commands(spec, broken)).toEqual([['note', note, before, ''], ['package-repair', '5'], installed, held])
    expect(undo(spec, broken, 2)).toEqual([['unnote', note]])
    const free = row('docker.io', 'ii-', 'ge') + row('runc', 'hi-', 'ge')
    expect(commands(spec, free)).toEqual([['note', note, before, ''], held])
  })

  it('of rpm are neither held nor purged, and not repaired', () => {
    const rpm = { ...spec, manager: 'rpm' as const }
    const text = row('docker.io', 'un') + row('runc', 'ii', 'ge')
    const before = { missing: 'docker.io', fresh: 'docker.io', free: 'docker.io runc' }
    expect(commands(rpm, text)).toEqual([
      ['note', note, before, ''],
      ['package-install', '', 'engine', ...files],
    ])
    expect(undo(rpm, text, 1)).toEqual([
      ['package-remove', '5', 'remove', 'docker.io'],
      ['unnote', note],
    ])
    expect(remove(rpm, before)).toEqual([
      ['package-remove', '5', 'remove', 'docker.io'],
      ['forget', note],
    ])
  })

  it('of a vendor go by their own file, where it knows how, and say that a reboot is needed', () => {
    const text = row('driver', 'un')
    const before = { missing: 'driver', fresh: 'driver', free: 'driver' }
    expect(commands(driver, text)).toEqual([
      ['note', note, before, ''],
      ['package-reboot', 'engine'],
      ['package-install', 'engine', sum, 'driver.deb', '--silent'],
    ])
    const taken = ['package-remove', 'engine', sum, 'driver.deb', '--uninstall']
    expect(undo(driver, text, 2)).toEqual([taken, ['package-reboot', 'engine'], ['unnote', note]])
    expect(remove(driver, before)).toEqual([taken, ['forget', note]])
    expect(remove({ ...driver, removeArguments: [] }, before)).toEqual([['forget', note]])
    // One that was there before needs the reboot still.
    expect(undo(driver, row('driver', 'ii'), 2)).toEqual([['unnote', note]])
  })

  it('of which nothing could be read are not taken away', () => {
    const facts = looked(spec, unreadable('x'))
    expect(acts(acting(spec).undo(spec, facts, { runId: 'run', failedAt: 3 }))).toEqual([['unnote', note]])
    expect(acts(acting(spec).commands(spec, facts, 'run'))[0]).toEqual(['note', note, {}, ''])
  })
})

describe('a runtime of the engine', () => {
  const file = '/etc/docker/daemon.json'
  const spec: StepSpecOf<'runtime-registration'> = {
    kind: 'runtime-registration',
    ...{ runtime: 'nvidia', path: '/usr/bin/nvidia', arguments: [], asDefault: false, activation: 'reload' },
  }
  const note = 'runtime-registration.nvidia'
  const copy = '/var/lib/rackside/made/runtime-registration.nvidia.copy'
  const ours = `${JSON.stringify({ runtimes: { nvidia: { path: '/usr/bin/nvidia' } } }, null, 2)}\n`
  const site = '{ "data-root": "/data" }\n'
  const merged = `${JSON.stringify({ 'data-root': '/data', ...JSON.parse(ours) }, null, 2)}\n`
  const said = (runtimes = '{"runc":{}}', asDefault = 'runc') =>
    `engine\nruntimes ${runtimes}\ndefault ${asDefault}\nlive false\n`
  const nothing = `${said()}is nothing\n`
  const there = (content: string, engine = said()) =>
    `${engine}is file\nheld li users 640\nsha256 ${sum}\ncontent\n${content}`
  const told = ['engine-settings-back', 'reload']

  it('is written where no settings were, checked and told, and its file goes again', () => {
    const before = { is: 'nothing', content: ours, runtime: '', default: '' }
    expect(commands(spec, nothing)).toEqual([
      ['note', note, before, file],
      ['engine-folder', '/etc/docker'],
      ['file-write', file, ours, 'root', 'root', '0644', 'none', `${copy}.last`],
      ['engine-check', file],
      ['engine-settings', 'reload', 'nvidia', ''],
    ])
    expect(undo(spec, nothing, 1)).toEqual([['unnote', note]])
    expect(undo(spec, nothing, 2)).toEqual([
      ['file-back', file, ours, `${copy}.last`, 'nothing'],
      told,
      ['unnote', note],
    ])
    expect(remove(spec, before, there(ours))).toEqual([
      ['file-back', file, ours, copy, 'nothing'],
      told,
      ['forget', note],
    ])
  })

  it('is merged into settings that were there, held as they were, and alone goes out of what they are now', () => {
    const asDefault = { ...spec, asDefault: true }
    const whole = `${JSON.stringify({ ...JSON.parse(merged), 'default-runtime': 'nvidia' }, null, 2)}\n`
    expect(commands(asDefault, there(site))).toEqual([
      ['note', note, { is: 'file', content: whole, runtime: '', default: '' }, file],
      ['engine-folder', '/etc/docker'],
      ['file-write', file, whole, 'li', 'users', '0640', sum, `${copy}.last`],
      ['engine-check', file],
      ['engine-settings', 'reload', 'nvidia', 'nvidia'],
    ])
    const without = '{\n  "data-root": "/data"\n}\n'
    expect(remove(spec, { is: 'nothing', content: ours }, there(merged))).toEqual([
      ['file-write', file, without, 'li', 'users', '0640', sum, `${copy}.last`],
      told,
      ['forget', note],
    ])
  })

  it('that is written already is only told', () => {
    const words = commands(spec, there(ours)).map((one) => (one as string[])[0])
    expect(words).toEqual(['note', 'engine-folder', 'engine-check', 'engine-settings'])
  })

  it('leaves settings alone that nobody can read', () => {
    expect(commands(spec, there('{'))).toEqual([])
    expect(commands(spec, 'x')).toEqual([])
    expect(undo(spec, there('{'), 4)).toEqual([['unnote', note]])
    expect(remove(spec, { content: ours }, there('{'))).toEqual([['forget', note]])
    expect(remove(spec, { content: ours }, `${said()}is link\n`)).toEqual([['forget', note]])
    // What is there now could not be read: it goes only where it is as it was written.
    expect(remove(spec, {}, 'x')).toEqual([['file-back', file, '', copy, ''], told, ['forget', note]])
  })

  it.each([
    ['there-as-wanted', ours, '{"nvidia":{}}', 'runc', false],
    ['other-than-wanted', ours, '{"runc":{}}', 'runc', false],
    ['other-than-wanted', ours, 'no JSON', 'runc', false],
    ['other-than-wanted', '{}', '{"nvidia":{}}', 'runc', false],
    ['not-there', '{}', '{"runc":{}}', 'runc', false],
    ['not-there', '{}', '{"nvidia":{}}', 'runc', true],
    ['not-there', ours, '{"nvidia":{}}', 'runc', true],
    ['other-than-wanted', ours, '{"nvidia":{}}', 'nvidia', true],
  ])('is %s where the file says %j and the engine %s, by default %s', (reason, content, runtimes, by, asDefault) => {
    const wanted = { ...spec, asDefault }
    const facts = looked(wanted, known(there(content, said(runtimes, by))))
    expect(kindOf(wanted).isTrue(wanted, facts)).toEqual({ holds: reason === 'there-as-wanted', reason })
  })

  it('stands in nobody’s way but where its settings cannot be used', () => {
    const problem = (text: string) => kindOf(spec).problem?.(spec, looked(spec, known(text)))
    expect([problem(nothing), problem(there(site)), problem('x')]).toEqual([undefined, undefined, undefined])
    expect(problem(there('{'))).toEqual({ kind: 'host-object-unusable', what: file, problem: 'unparsable' })
    expect(problem(`${said()}is link\n`)).toEqual({ kind: 'host-object-unusable', what: file, problem: 'link' })
  })
})
