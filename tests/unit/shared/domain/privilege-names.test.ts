// Names of privileges, as labels and records on an appliance have them, and what they stand for.
import { describe, expect, it } from 'vitest'
import { type Privilege, privilegeName, privilegeNamed } from '../../../../shared/domain/privilege.ts'
import { keptPrivilegeText } from '../../../../shared/words/privilege-words.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'

const all: Privilege[] = [
  { kind: 'capability', name: 'NET_RAW' },
  { kind: 'user', user: '1000:1000' },
  { kind: 'host-path', path: '/srv/scans', target: '/srv/scans', readOnly: true },
  { kind: 'host-path', path: '/srv/scans', target: '/srv/scans', readOnly: false },
  ...(['writable-root', 'host-ipc', 'host-network', 'privileged'] as const).map((kind) => ({ kind })),
]

describe('a name of a privilege', () => {
  it.each(all.map((one) => [privilegeName(one), one] as const))('%s is read back', (name, one) => {
    expect(privilegeNamed(name)).toEqual(one)
    expect(keptPrivilegeText(name, wordsOf('zh-CN').privileges)).toMatch(/\p{Script=Han}/u)
  })

  it.each(['capability=ALL', 'capability', 'host-path=/etc/../x', 'writable-root=1', 'toString', 'user=root', ''])(
    'that nobody knows is shown as it is: "%s"',
    (name) => {
      expect(privilegeNamed(name)).toBeUndefined()
      expect(keptPrivilegeText(name, wordsOf('en').privileges)).toBe(name)
    },
  )
})
