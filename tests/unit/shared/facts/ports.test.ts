// Ports that something listens on, row by row: a row that is not understood makes all unreadable, because a plan takes
// every port that is not among them.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { readPortText } from '../../../../shared/facts/ports.ts'

const ss = (row: string, privilege: 'root' | 'login' = 'root') => readPortText(`from ss\n${row}\n`, privilege)
const hidden = unreadable('not shown to this login')

describe('a row of ss', () => {
  it.each([
    ['LISTEN 0 128 0.0.0.0:22 0.0.0.0:*', '0.0.0.0', 22],
    ['LISTEN 0 128 [::1]:8400 [::]:*', '::1', 8400],
    ['LISTEN 0 128 [fe80::1]%eth0:80 [::]:*', 'fe80::1%eth0', 80],
    ['LISTEN 0 128 *:1 *:*', '*', 1],
    ['LISTEN 0 128 127.0.0.53%lo:65535 0.0.0.0:*', '127.0.0.53%lo', 65_535],
    [`LISTEN 0 128 ${'a'.repeat(80)}:1 *:*`, 'a'.repeat(80), 1],
  ])('%s', (row, address, port) => {
    expect(ss(row)).toEqual(known([{ address, port, process: absent }]))
    expect(ss(row, 'login')).toEqual(known([{ address, port, process: hidden }]))
  })

  it.each([
    ['ESTAB 0 128 0.0.0.0:22 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0:0 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0:65536 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0:x 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0:22x 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0:x22 0.0.0.0:*'],
    ['LISTEN 0 128 0.0.0.0 0.0.0.0:*'],
    ['LISTEN 0 128 :22 0.0.0.0:*'],
    ['LISTEN 0 128 a;b:22 0.0.0.0:*'],
    ['LISTEN 0 128 $a:22 0.0.0.0:*'],
    [`LISTEN 0 128 ${'a'.repeat(81)}:22 *:*`],
    ['LISTEN 0 128'],
  ])('that is none makes all unreadable: %s', (row) => {
    expect(ss(`LISTEN 0 1 *:80 *:*\n${row}`)).toEqual(unreadable(`ports: ${row}`))
  })

  it('names its process, and is one for each address, port and name', () => {
    const row = (name: string, port = 22) => `LISTEN 0 1 *:${port} *:* users:(("${name}",pid=1,fd=3))`
    const found = ss(
      [row('a'), row('a'), row('b'), row('a', 23), 'LISTEN 0 1 *:24 *:*', 'LISTEN 0 1 *:24 *:*', ' '].join('\n'),
    )
    expect(found.state === 'known' && found.value.map(({ port, process }) => [port, process])).toEqual([
      [22, known('a')],
      [22, known('b')],
      [23, known('a')],
      [24, absent],
    ])
  })

  it('is one of at most 4096', () => {
    const rows = (count: number) =>
      ss(Array.from({ length: count }, (_, at) => `LISTEN 0 1 *:${at + 1} *:*`).join('\n'))
    expect(rows(4096)).toMatchObject({ state: 'known', value: { length: 4096 } })
    expect(rows(4097)).toEqual(unreadable('more than 4096 listening ports'))
  })
})

describe('a row of the kernel', () => {
  const proc = (row: string) => readPortText(`from ss\nwhat\nfrom proc\n${row}\n`, 'root')
  const process = unreadable('ss is not there to name it')
  const row = (local: string, state = '0A') => `  0: ${local} 00000000:0000 ${state} 00000000:00000000`
  const v6 = (groups: string) => {
    const hex = groups
      .split(':')
      .map((group) => group.padStart(4, '0'))
      .join('')
      .toUpperCase()
    return (hex.match(/.{8}/g) ?? []).map((word) => (word.match(/../g) ?? []).reverse().join('')).join('')
  }

  it.each([
    ['0100007F:1F90', '127.0.0.1', 8080],
    ['00000000:0016', '0.0.0.0', 22],
    ['0A01A8C0:FFFF', '192.168.1.10', 65_535],
    [`${v6('0:0:0:0:0:0:0:0')}:0016`, '::', 22],
    [`${v6('0:0:0:0:0:0:0:1')}:0016`, '::1', 22],
    [`${v6('fe80:0:0:0:1:0:0:2')}:0016`, 'fe80::1:0:0:2', 22],
    [`${v6('1:0:0:2:0:0:0:3')}:0016`, '1:0:0:2::3', 22],
    [`${v6('1:0:0:2:0:0:3:4')}:0016`, '1::2:0:0:3:4', 22],
    [`${v6('1:0:2:3:4:5:6:7')}:0016`, '1:0:2:3:4:5:6:7', 22],
    [`${v6('1:2:3:4:5:6:0:0')}:0016`, '1:2:3:4:5:6::', 22],
  ])('%s', (local, address, port) => {
    expect(proc(row(local))).toEqual(known([{ address, port, process }]))
  })

  it.each([
    [row('0100007F:1F90', '01')],
    [row('0100007F:0000')],
    [row('0100007F')],
    [row('0100007:1F90')],
    [row('x0100007F:1F90')],
    [row('0100007F:1F90F')],
    ['0:'],
  ])('that is none makes all unreadable: %s', (line) => {
    expect(proc(line)).toEqual(unreadable(`ports: ${line.trim()}`))
  })
})

it('is not read without a word of where it comes from', () => {
  expect(readPortText('LISTEN 0 1 *:80 *:*', 'root')).toEqual(unreadable('ports: LISTEN 0 1 *:80 *:*'))
  expect(readPortText('from ss\n', 'root')).toEqual(known([]))
})
