// The addresses of a server, as `ip` lists them: those under which others reach it, whole or not at all.
import { describe, expect, it } from 'vitest'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { isSameAddress } from '../../../../shared/domain/same-address.ts'
import { readAddresses } from '../../../../shared/facts/addresses.ts'
import { answer } from './recorded.ts'

const read = (text: string) => readAddresses(new Map([['addresses', answer('addresses', text)]]))

describe('addresses', () => {
  it('are those that others reach, and of no loopback, link or network of containers', () => {
    const text = `1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever
1: lo    inet 10.60.0.9/32 scope global lo\\       valid_lft forever preferred_lft forever
2: eth0    inet 10.78.0.24/24 brd 10.78.0.255 scope global eth0\\       valid_lft forever preferred_lft forever
2: eth0    inet6 FD00::24/64 scope global dynamic \\       valid_lft 86398sec preferred_lft 14398sec
2: eth0    inet6 fe80::1/64 scope link \\       valid_lft forever preferred_lft forever
3: docker0    inet 172.17.0.1/16 brd 172.17.255.255 scope global docker0\\       valid_lft forever
4: br-0123456789ab    inet 172.18.0.1/16 scope global br-0123456789ab\\       valid_lft forever
5: br0    inet 192.168.7.1/24 scope global br0\\       valid_lft forever
6: wg0@eth0    inet 10.9.0.2/32 scope global wg0\\       valid_lft forever
end
`
    expect(read(text)).toEqual(known(['10.60.0.9', '10.78.0.24', 'fd00::24', '192.168.7.1', '10.9.0.2']))
  })

  it('are unreadable where the answer broke off, and absent without the tool', () => {
    expect(read('2: eth0    inet 10.0.0.5/24 scope global eth0\n')).toMatchObject({ state: 'unreadable' })
    expect(read('')).toMatchObject({ state: 'unreadable' })
    const missing = { ...answer('addresses', ''), state: 'missing' as const }
    expect(readAddresses(new Map([['addresses', missing]]))).toEqual(absent)
    expect(read('nonsense\n2: eth0 inet 999.1.1.1/24\nend\n')).toEqual(known([]))
  })

  it.each([
    ['fd00::5', 'fd00:0:0:0:0:0:0:5', true],
    ['fd00::5', 'FD00:0000::0005', true],
    ['::ffff:10.0.0.5', '::ffff:a00:5', true],
    ['fd00::5', 'fd00::50', false],
    ['fd00:5::', 'fd00::5', false],
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.5', '10.0.0.50', false],
    ['10.0.0.5', '::a00:5', false],
  ])('%s and %s are one: %s', (one, other, same) => {
    expect(isSameAddress(one, other)).toBe(same)
    expect(isSameAddress(other, one)).toBe(same)
  })
})
