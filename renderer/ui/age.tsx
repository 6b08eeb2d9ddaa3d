// How long ago something was, in the language of the reader: "2 minutes ago", counting on by itself.
import { useEffect, useState } from 'react'
import { usePieceWords } from './theme-provider.tsx'

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** What Intl calls "now" is written otherwise after something that happened. */
const justNow = { en: 'just now', 'zh-CN': '刚刚' } as const

/** Whole units, rounded down: 119 seconds are "1 minute ago". */
export function ageText(seconds: number, locale: keyof typeof justNow): string {
  if (seconds < 2) return justNow[locale]
  const [unit, length] = units.find(([, size]) => seconds >= size) ?? (['second', 1] as const)
  const text = new Intl.RelativeTimeFormat(locale).format(-Math.floor(seconds / length), unit)
  // Intl writes "2秒钟前"; everything else here has a space beside a figure.
  return locale === 'zh-CN' ? text.replace(/^(\d+) ?/, '$1 ').replace('秒钟', '秒') : text
}

/** Now in milliseconds, again and again. */
export function useNow(everyMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return nowMs
}

export function Age({ atMs }: { readonly atMs: number }) {
  const { locale } = usePieceWords()
  const nowMs = useNow(1000)
  return (
    <time className="rs-age" dateTime={new Date(atMs).toISOString()} title={new Date(atMs).toLocaleString(locale)}>
      {ageText((nowMs - atMs) / 1000, locale)}
    </time>
  )
}

const ageMark = '{{age}}'
/** Keeps the place of the age in a label. */
export const inPlace = { age: ageMark }

/** A label with the age in it, where its language has it: "Checked 2 minutes ago", "2 分钟前检查". */
export function AgeIn({ label, atMs }: { readonly label: string; readonly atMs: number }) {
  const [before = '', after = ''] = label.split(ageMark)
  return (
    <>
      {before}
      <Age atMs={atMs} />
      {after}
    </>
  )
}
