// How long something took or will take, as people read it: two units at most, figures that keep their width
// while they count up ("2 m 06 s", "2 分 06 秒").
import { threeDigits } from './amounts.ts'
import type { Language } from './words.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

type Units = { readonly [U in 'd' | 'h' | 'm' | 's' | 'ms']: string }
const units: { readonly [L in Language]: Units } = {
  en: { d: 'd', h: 'h', m: 'm', s: 's', ms: 'ms' },
  'zh-CN': { d: '天', h: '小时', m: '分', s: '秒', ms: '毫秒' },
}

/** A measured time: milliseconds under a tenth of a second, tenths under ten seconds, whole seconds under an hour, whole minutes above. */
export function durationText(milliseconds: number, language: Language): string {
  const { d, h, m, s, ms } = units[language]
  const span = Math.max(0, milliseconds)
  if (span > 0 && span < 95) return `${Math.ceil(span)} ${ms}`
  if (span < 9950) return `${threeDigits(Math.round(span / 100) / 10)} ${s}`
  const seconds = Math.round(span / second)
  if (seconds < 60) return `${seconds} ${s}`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} ${m} ${twoDigits(seconds % 60)} ${s}`
  const minutes = Math.floor(seconds / 60)
  if (span < day) return `${Math.floor(minutes / 60)} ${h} ${twoDigits(minutes % 60)} ${m}`
  return `${Math.floor(span / day)} ${d} ${Math.floor((span % day) / hour)} ${h}`
}

type Guess = { readonly soon: string; readonly minutes: (n: number) => string; readonly hours: (n: number) => string }
const guesses: { readonly [L in Language]: Guess } = {
  en: { soon: 'less than a minute', minutes: (n) => `about ${n} min`, hours: (n) => `about ${n} h` },
  'zh-CN': { soon: '不到 1 分钟', minutes: (n) => `约 ${n} 分钟`, hours: (n) => `约 ${n} 小时` },
}

/** How long a check took: whole milliseconds under a second, and never none. */
export function shortText(milliseconds: number, language: Language): string {
  if (milliseconds >= second) return durationText(milliseconds, language)
  return `${Math.max(1, Math.round(milliseconds))} ${units[language].ms}`
}

/** A guess at a time to come, no finer than it can be known: minutes, five minutes above twenty, half hours above two. */
export function guessText(milliseconds: number, language: Language): string {
  const { soon, minutes, hours } = guesses[language]
  const count = Math.ceil(Math.max(0, milliseconds) / minute)
  if (count <= 1) return soon
  if (count <= 20) return minutes(count)
  if (count <= 120) return minutes(Math.ceil(count / 5) * 5)
  return hours(Math.ceil(count / 30) / 2)
}

const abouts: { readonly [L in Language]: { readonly s: (n: number) => string; readonly m: (n: number) => string } } = {
  en: { s: (n) => `about ${n} s`, m: (n) => `about ${n} min` },
  'zh-CN': { s: (n) => `约 ${n} 秒`, m: (n) => `约 ${n} 分钟` },
}

/** An estimate of seconds: whole ones under a minute, whole minutes above. */
export function aboutText(seconds: number, language: Language): string {
  const { s, m } = abouts[language]
  return seconds < 60 ? s(Math.max(1, Math.ceil(seconds))) : m(Math.ceil(seconds / 60))
}

const spans: { readonly [L in Language]: { readonly [U in 'm' | 'h' | 'd']: string } } = {
  en: { m: 'min', h: 'h', d: 'd' },
  'zh-CN': { m: '分钟', h: '小时', d: '天' },
}

/** How long something has lasted, in one whole unit: "6 min", "3 h". Undefined under a minute. */
export function lastingText(milliseconds: number, language: Language): string | undefined {
  if (milliseconds < minute) return undefined
  const { m, h, d } = spans[language]
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} ${m}`
  return milliseconds < day ? `${Math.floor(milliseconds / hour)} ${h}` : `${Math.floor(milliseconds / day)} ${d}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
