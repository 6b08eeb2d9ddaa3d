// What a step that changes the system does, in words: what it notes of what was there before, what it makes, what brings
// the state before back when it fails, and what takes away what it made and leaves everything else.
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import type { StepSpec } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { commands, looked, remove, undo } from '../../../support/host-acts.ts'

const sum = 'b'.repeat(64)
const root = { owner: 'root', group: 'root' }

describe('a folder', () => {
  const spec: StepSpec = { kind: 'directory', path: '/srv/ward/data', owner: 'ward', group: 'staff', mode: '0750' }
  const [note, made] = ['directory.,srv,ward,data', ['directory', spec.path, 'ward', 'staff', '0750']]

  it('that is made goes again, up to what was there', () => {
    const before = { is: 'nothing', owner: '', group: '', mode: '0000', above: '/srv' }
    const text = 'is nothing\nabove /srv\n'
    expect(commands(spec, text)).toEqual([['note', note, before, ''], made])
    expect(undo(spec, text, 0)).toEqual([['unnote', note]])
    expect(undo(spec, text, 1)).toEqual([
      ['directory-unmake', spec.path, '/srv'],
      ['unnote', note],
    ])
    expect(remove(spec, before)).toEqual([
      ['directory-unmake', spec.path, '/srv'],
      ['forget', note],
    ])
    // Of what was before nothing is known: nothing above it goes.
    expect(remove(spec, {})).toEqual([
      ['directory-unmake', spec.path, spec.path],
      ['forget', note],
    ])
  })

  it('that was there gets back who held it', () => {
    const before = { is: 'directory', owner: 'li', group: 'users', mode: '0755', above: spec.path }
    const text = `is directory\nheld li users 755\nabove ${spec.path}\n`
    expect(commands(spec, text)).toEqual([['note', note, before, ''], made])
    const back = ['directory-back', spec.path, 'li', 'users', '0755']
    expect(undo(spec, text, 1)).toEqual([back, ['unnote', note]])
    expect(remove(spec, before)).toEqual([back, ['forget', note]])
    expect(remove(spec, { is: 'directory' })).toEqual([
      ['directory-back', spec.path, '', '', ''],
      ['forget', note],
    ])
  })
})

describe('an account', () => {
  const spec: StepSpec = { kind: 'account', user: 'ward', group: 'wards', groups: ['video', 'render'] }
  const [note, made] = ['account.ward', ['account', 'ward', 'wards', 'video', 'render']]

  it.each([
    ['that is made goes', 'end\n', { madeUser: 'yes', madeGroup: 'yes', added: 'video render' }],
    ['whose group was there leaves that', 'group\nend\n', { madeUser: 'yes', madeGroup: 'no', added: 'video render' }],
    [
      'that was there only leaves the groups it was added to',
      'user\ngroups ward video\ngroup\nend\n',
      { madeUser: 'no', madeGroup: 'no', added: 'render' },
    ],
    [
      'that was in all of them stays as it is',
      'user\ngroups video render\ngroup\nend\n',
      { madeUser: 'no', madeGroup: 'no', added: '' },
    ],
  ])('%s', (_what, text, before) => {
    const added = before.added.split(' ').filter((one) => one !== '')
    const back = ['account-back', 'ward', 'wards', before.madeUser, before.madeGroup, ...added]
    expect(commands(spec, text)).toEqual([['note', note, before, ''], made])
    expect(undo(spec, text, 0)).toEqual([['unnote', note]])
    expect(undo(spec, text, 1)).toEqual([back, ['unnote', note]])
    expect(remove(spec, before)).toEqual([back, ['forget', note]])
  })

  it('of which nothing is known is not taken away', () => {
    expect(remove(spec, {})).toEqual([
      ['account-back', 'ward', 'wards', 'no', 'no'],
      ['forget', note],
    ])
  })
})

describe('a parameter of the kernel', () => {
  const spec: StepSpec = { kind: 'kernel-parameter', key: 'net.ipv4.ip_forward', value: '1' }
  const note = 'kernel-parameter.net.ipv4.ip_forward'
  const place = '/proc/sys/net/ipv4/ip_forward'
  const words = ['/etc/sysctl.d/90-rackside-net.ipv4.ip_forward.conf', 'net.ipv4.ip_forward = 1', place]

  it('is set at once and for the next start, and gets back what it was', () => {
    expect(commands(spec, 'value 0 \n')).toEqual([
      ['note', note, { value: '0' }, ''],
      ['parameter', ...words, '1'],
    ])
    expect(undo(spec, 'value 0\n', 0)).toEqual([['unnote', note]])
    expect(undo(spec, 'value 0\n', 1)).toEqual([
      ['parameter-back', ...words, '0', '1'],
      ['unnote', note],
    ])
    expect(remove(spec, { value: '0' })).toEqual([
      ['parameter-back', ...words, '0', '1'],
      ['forget', note],
    ])
  })

  it('that nobody knows the value of before keeps the one it has', () => {
    expect(commands(spec, 'none\n')[0]).toEqual(['note', note, { value: '' }, ''])
    expect(undo(spec, 'none\n', 1)[0]).toEqual(['parameter-back', ...words, '', '1'])
    expect(remove(spec, {})[0]).toEqual(['parameter-back', ...words, '', '1'])
  })
})

describe('a unit', () => {
  const name = 'ward.service'
  const file = `/etc/systemd/system/${name}`
  const content = '[Unit]\n'
  const note = 'systemd-unit.ward.service'
  const copy = '/var/lib/rackside/made/systemd-unit.ward.service.copy'
  const own: StepSpec = { kind: 'systemd-unit', name, content, enabled: true, started: true }
  const theirs: StepSpec = { kind: 'systemd-unit', name, enabled: true, started: false }
  const there = (text: string, enabled = 'enabled', active = 'active') =>
    `enabled ${enabled}\nactive ${active}\nis file\nheld root root 644\nsha256 ${sum}\ncontent\n${text}`
  const missing = 'enabled none\nactive inactive\nis nothing\n'

  it('of ours is written, enabled and started, and ends before its file goes', () => {
    const before = { enabled: 'no', active: 'no', is: 'nothing' }
    expect(commands(own, missing)).toEqual([
      ['note', note, before, file],
      ['file-write', file, content, 'root', 'root', '0644', 'none', `${copy}.last`],
      ['unit-begin', name, 'yes', 'yes', 'yes'],
    ])
    const back = (from: string) => [
      ['unit-end', name, 'yes', 'yes'],
      ['file-back', file, content, from, 'nothing'],
      ['unit-reread', name, 'no'],
    ]
    expect(undo(own, missing, 0)).toEqual([['unnote', note]])
    expect(undo(own, missing, 1)).toEqual([...back(`${copy}.last`), ['unnote', note]])
    expect(remove(own, before)).toEqual([...back(copy), ['forget', note]])
  })

  it('that is as it should be is only enabled and started, and what ran before goes on', () => {
    expect(commands(own, there(content))).toEqual([
      ['note', note, { enabled: 'yes', active: 'yes', is: 'file' }, file],
      ['unit-begin', name, 'yes', 'yes', 'no'],
    ])
    expect(undo(own, there('old\n'), 2)).toEqual([
      ['unit-end', name, 'no', 'no'],
      ['file-back', file, content, `${copy}.last`, 'file'],
      ['unit-reread', name, 'yes'],
      ['unnote', note],
    ])
    expect(remove(own, {})).toEqual([
      ['unit-end', name, 'no', 'no'],
      ['file-back', file, content, copy, ''],
      ['unit-reread', name, 'no'],
      ['forget', note],
    ])
  })

  it('of a package keeps its file', () => {
    const text = there('whatever\n', 'disabled', 'inactive')
    expect(commands(theirs, text)).toEqual([
      ['note', note, { enabled: 'no', active: 'no', is: 'file' }, ''],
      ['unit-begin', name, 'yes', 'no', 'no'],
    ])
    expect(remove(theirs, { enabled: 'no', active: 'no' })).toEqual([
      ['unit-end', name, 'no', 'yes'],
      ['forget', note],
    ])
    expect(kindOf(theirs).problem?.(theirs as never, looked(theirs, known('enabled x\nactive x\nis link\n')))).toBe(
      undefined,
    )
    expect(kindOf(own).problem?.(own as never, looked(own, known('enabled x\nactive x\nis link\n')))).toEqual({
      kind: 'host-object-unusable',
      ...{ what: file, problem: 'link' },
    })
  })

  it.each([
    ['enabled', 'active', 'there-as-wanted'],
    ['static', 'active', 'there-as-wanted'],
    ['alias', 'active', 'there-as-wanted'],
    ['generated', 'active', 'there-as-wanted'],
    ['enabled-runtime', 'active', 'there-as-wanted'],
    ['disabled', 'active', 'unit-stopped'],
    ['masked', 'active', 'unit-stopped'],
    ['enabled', 'inactive', 'unit-stopped'],
  ])('that is %s and %s is %s', (enabled, active, reason) => {
    const reasonOf = (text: string) => kindOf(own).isTrue(own as never, looked(own, known(text))).reason
    expect(reasonOf(there(content, enabled, active))).toBe(reason)
    expect(reasonOf(there('old\n', enabled, active))).toBe('other-than-wanted')
    expect(reasonOf(`enabled ${enabled}\nactive ${active}\nis nothing\n`)).toBe('not-there')
    const only = kindOf(theirs).isTrue(theirs as never, looked(theirs, known(there('', enabled, active))))
    expect(only.holds).toBe(enabled !== 'disabled' && enabled !== 'masked')
  })
})

describe('a file, a volume', () => {
  it('of which the file goes back only as it was written', () => {
    const spec: StepSpec = { kind: 'file', path: '/etc/ward.conf', content: 'a\n', ...root, mode: '0644' }
    const copy = '/var/lib/rackside/made/file.,etc,ward.conf.copy'
    const before = { is: 'file', owner: 'li', group: 'users', mode: '0600' }
    expect(commands(spec, `is file\nheld li users 600\nsha256 ${sum}\ncontent\nb\n`)).toEqual([
      ['note', 'file.,etc,ward.conf', before, spec.path],
      ['file-write', spec.path, 'a\n', 'root', 'root', '0644', sum, `${copy}.last`],
    ])
    expect(undo(spec, 'is nothing\n', 1)).toEqual([['unnote', 'file.,etc,ward.conf']])
    const forget = ['forget', 'file.,etc,ward.conf']
    expect(remove(spec, before)).toEqual([['file-back', spec.path, 'a\n', copy, 'file'], forget])
    expect(remove(spec, {})).toEqual([['file-back', spec.path, 'a\n', copy, ''], forget])
  })

  it('of which the volume goes with its data, by its label alone', () => {
    const spec: StepSpec = { kind: 'volume', name: 'records', deployment: 'ward' }
    const labels = ['--label', 'rackside.volume=records', '--label', 'rackside.deployment=ward']
    expect(commands(spec, 'none\n')).toEqual([
      ['note', 'volume.records', {}, ''],
      ['forget-jobs', '/var/lib/rackside/tasks/ward'],
      ['docker', 'volume', 'create', ...labels, 'records'],
    ])
    expect(undo(spec, 'none\n', 1)).toEqual([['unnote', 'volume.records']])
    expect(remove(spec, {})).toEqual([
      ['volume-remove', 'records'],
      ['forget', 'volume.records'],
    ])
  })
})
