// Amounts and locales: small tables of what people read.
import { describe, expect, it } from 'vitest'
import { bytesText, threeDigits } from '../../../../shared/words/amounts.ts'
import { languageOfLocale } from '../../../../shared/words/language.ts'

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [-5, '0 B'],
    [999, '999 B'],
    [1000, '0.977 KiB'],
    [1024, '1 KiB'],
    [64 * 1024 ** 2, '64 MiB'],
    [1536 * 1024 ** 2, '1.5 GiB'],
    [1000 * 1024 ** 3, '0.977 TiB'],
    [3 * 1024 ** 6, '3070 PiB'],
  ])('%d read as %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text)
  })
})

describe('a figure', () => {
  it.each([
    [0, '0'],
    [0.12345, '0.123'],
    [12.345, '12.3'],
    [99.96, '100'],
    [1234.5, '1230'],
    [1_234_567, '1230000'],
    [1e-9, '1e-9'],
  ])('%d has at most three significant digits: %s', (value, text) => {
    expect(threeDigits(value)).toBe(text)
  })
})

describe('a locale', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['en_GB.UTF-8', 'en'],
    ['C', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('%j is answered in %s', (locale, language) => {
    expect(languageOfLocale(locale)).toBe(language)
  })
})
