// Lines that a shell printed of the kernel's files: which are a card, which are a value, and numbers in their ranges.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { cardNumber, cardText, readCards } from '../../../../../shared/facts/accelerators/sysfs-cards.ts'

const cards = (...lines: readonly string[]) =>
  readCards(['head', ...lines].join('\n'), 'head')?.map(({ name, values }) => [name, Object.fromEntries(values)])

describe('readCards', () => {
  it('gives values to the card above them, and what comes first to none', () => {
    expect(
      cards(
        'rocm=6.4',
        'card card0',
        'a= 1 ',
        'b=',
        'a=2',
        'c=x=y',
        'no value',
        '=3',
        'card renderD12',
        'card accel12',
      ),
    ).toEqual([
      ['', { rocm: '6.4' }],
      ['card0', { a: '1', b: '', c: 'x=y' }],
      ['accel12', {}],
    ])
    expect(cards('a card card0', 'card card0 too', 'card card12345')).toEqual([['', {}]])
    expect(readCards('other\ncard card0', 'head')).toBeUndefined()
  })

  it('has 129 cards, 100 values of each and 200 characters of a value', () => {
    const many = cards(...Array.from({ length: 200 }, (_, at) => `card card${at}`))
    expect(many).toHaveLength(130)
    const [only] = cards(...Array.from({ length: 200 }, (_, at) => `k${at}=${'x'.repeat(400)}`)) ?? []
    expect(Object.keys(only?.[1] ?? {})).toHaveLength(100)
    expect(Object.values(only?.[1] ?? {})[0]).toHaveLength(200)
  })
})

const card = (text: string | undefined) => ({ name: 'card0', values: new Map(text === undefined ? [] : [['k', text]]) })

it.each([
  [undefined, absent],
  ['', absent],
  ['!', unreadable('k could not be read')],
  ['N/A', absent],
  ['!x', known('!x')],
  ['Instinct', known('Instinct')],
])('the text "%s"', (text, reading) => {
  expect(cardText(card(text), 'k')).toEqual(reading)
})

it.each([
  [undefined, absent],
  ['42000', known(42)],
  ['-5000', known(-5)],
  ['100000', known(100)],
  ['-10000', known(-10)],
  ['100001', unreadable('k could not be read')],
  ['-10001', unreadable('k could not be read')],
  ['', unreadable('k could not be read')],
  ['!', unreadable('k could not be read')],
  ['5-', unreadable('k could not be read')],
  ['--5', unreadable('k could not be read')],
  ['4x', unreadable('k could not be read')],
])('the number "%s"', (text, reading) => {
  expect(cardNumber(card(text), 'k', { factor: 1000, range: [-10, 100] })).toEqual(reading)
})
