// The scanner of the XML of nvidia-smi: what is an element, what is passed over, what is whole, and its bounds.
import { describe, expect, it } from 'vitest'
import {
  elementAt,
  elementsNamed,
  readXml,
  type XmlElement,
} from '../../../../../shared/facts/accelerators/nvidia-xml.ts'

/** `a[b "text"]`, with `?` behind what is not whole. */
function sketch({ children, text }: XmlElement): string {
  const parts = children.map((one) => `${one.name}${one.id && `#${one.id}`}${one.whole ? '' : '?'}${sketch(one)}`)
  return `${text && ` "${text}"`}${parts.length > 0 ? `[${parts.join(' ')}]` : ''}`
}

describe('readXml', () => {
  it.each([
    ['', ''],
    ['no element', ''],
    ['<a>1</a>', '[a "1"]'],
    ['<a>  1 \n 2 </a>', '[a "1 \n 2"]'],
    ['<a/>', '[a]'],
    ['<a /><b/>', '[a b]'],
    ['<a>1<b/>2</a>', '[a "1 2"[b]]'],
    ['<a id="x" other="y">1</a>', '[a#x "1"]'],
    ['<a xid="x">1</a>', '[a "1"]'],
    ['<a id="">1</a>', '[a "1"]'],
    ['<a><b>1</b></a><c>2</c>', '[a[b "1"] c "2"]'],
    // What ends too early or never.
    ['<a>1', '[a?]'],
    ['<a><b>1</a>', '[a[b? "1"]]'],
    ['<a>1</b></a>', '[a "1"]'],
    ['</a><b>1</b>', '[b "1"]'],
    ['<a>1</a', '[a?]'],
    ['<a>1</a><b', '[a "1"]'],
    ['>1<a>2</a>', ' ">1"[a "2"]'],
    // What is no element.
    ['<?xml version="1.0"?><a>1</a>', '[a "1"]'],
    ['<1a>2</1a><b>3</b>', '[b "3"]'],
    ['<a$>2</a$><b>3</b>', '[b "3"]'],
    ['<!-- <x>1</x> --><a>1</a>', '[a "1"]'],
    ['<a>1</a><!-- <x>1</x>', '[a "1"]'],
    ['<!DOCTYPE l SYSTEM "x.dtd"><a>1</a>', '[a "1"]'],
    ['<!DOCTYPE l [<!ENTITY x "<y>">]><a>1</a>', '[a "1"]'],
    ['<!DOCTYPE l [<!ENTITY x "y">', ''],
    ['<a>1 < 2</a>', '[a "1 < 2"]'],
    ['<a>&lt;&gt;&amp;&quot;&apos;&nbsp;&lt</a>', '[a "<>&"\'&nbsp;&lt"]'],
    ['<a>&amp;lt;</a>', '[a "&lt;"]'],
  ])('%s', (text, found) => {
    expect(sketch(readXml(text))).toBe(found)
  })

  const nested = (depth: number, inside = '1') => `${'<a>'.repeat(depth)}${inside}${'</a>'.repeat(depth)}`
  const depthOf = (element: XmlElement): number => 1 + Math.max(0, ...element.children.map(depthOf))

  it('keeps 32 elements inside each other, and what comes after deeper ones', () => {
    expect(depthOf(readXml(nested(31)))).toBe(32)
    expect(depthOf(readXml(nested(32)))).toBe(33)
    expect(depthOf(readXml(nested(33)))).toBe(33)
    const deep = nested(31, '<x>0<b>1<c/></b><b>2</b></x><y>3</y>')
    let last: XmlElement | undefined = readXml(deep)
    for (let depth = 0; depth < 31; depth += 1) last = last?.children[0]
    expect(last && sketch(last)).toBe('[x "0" y "3"]')
    expect(sketch(readXml(`${nested(60)}<b>2</b>`))).toMatch(/ b "2"\]$/)
  })

  it('keeps 1000 characters of a text, 60 of an id and 100 of a name', () => {
    const long = 'x'.repeat(900)
    expect(readXml(`<a>${'x'.repeat(3000)}</a>`).children[0]?.text).toHaveLength(1000)
    expect(readXml(`<a>${long}<b/>${long}</a>`).children[0]?.text).toBe(`${long} ${'x'.repeat(99)}`)
    expect(readXml(`<a id="${'x'.repeat(60)}">1</a>`).children[0]?.id).toHaveLength(60)
    expect(readXml(`<a id="${'x'.repeat(61)}">1</a>`).children[0]?.id).toBe('')
    expect(sketch(readXml(`<${'n'.repeat(101)}>1</${'n'.repeat(101)}><b>2</b>`))).toBe('[b "2"]')
  })

  it('keeps as much as comes back of a probe, and 80,000 pieces', () => {
    expect(sketch(readXml(`<a>${' '.repeat(512 * 1024)}</a>`))).toBe('[a?]')
    const pieces = readXml('<a/>'.repeat(90_000)).children.length
    expect(pieces).toBe(80_000)
  })
})

describe('the elements at a path', () => {
  const log = readXml('<a><b>1<c>2</c></b><b>3</b><d>4</a>')
  const a = elementAt(log, 'a')

  it('are whole, and the first of their name', () => {
    expect([elementAt(log, 'a', 'b')?.text, elementAt(log, 'a', 'b', 'c')?.text]).toEqual(['1', '2'])
    expect([elementAt(log, 'a', 'd'), elementAt(log, 'a', 'x', 'c'), elementAt(undefined, 'a')]).toEqual([
      ...[undefined, undefined, undefined],
    ])
    expect(elementAt(log)).toBe(log)
  })

  it('are all of their name', () => {
    expect(elementsNamed(a, 'b').map((one) => one.text)).toEqual(['1', '3'])
    expect([elementsNamed(a, 'd'), elementsNamed(undefined, 'b')]).toEqual([[], []])
  })
})
