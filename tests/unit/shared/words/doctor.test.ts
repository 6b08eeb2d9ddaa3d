// What the doctor says in both languages: every rule has its three sentences, and both name the same commands.
import { describe, expect, it } from 'vitest'
import { doctorRule } from '../../../../shared/domain/finding.ts'
import { doctorOf } from '../../../../shared/words/doctor.ts'
import type { Language } from '../../../../shared/words/words.ts'

const languages: Language[] = ['en', 'zh-CN']

/** Quoted words that are typed on the server, not said. */
function commandsIn(text: string): string[] {
  const quoted = text.match(/“[^”]+”/g) ?? []
  const typed = quoted.filter((one) => /^“(?:[a-z-]+ [^ ]|blacklist|options)[\x20-\x7e]*”$/.test(one))
  return [...new Set(typed)].sort()
}

describe.each(languages)('in %s', (language) => {
  const doctor = doctorOf(language)

  it.each(doctorRule.options)('%s says what is wrong, why, and what helps', (rule) => {
    const { title, cause, fix } = doctor.rules[rule]
    expect(new Set([title, cause, fix]).size).toBe(3)
    for (const text of [title, cause, fix]) {
      expect(text.trim()).not.toBe('')
      if (language === 'en') expect(text).not.toMatch(/\p{Script=Han}/u)
      else expect(text).toMatch(/\p{Script=Han}/u)
    }
    expect(title).not.toMatch(/[.。]$/)
    expect(cause).toMatch(/[.。]$/)
    expect(fix).toMatch(/[.。]$/)
  })

  it('no two rules have the same title', () => {
    const titles = Object.values(doctor.rules).map(({ title }) => title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('both languages', () => {
  it.each(doctorRule.options)('name the same commands for %s', (rule) => {
    const [en, zh] = languages.map((language) => {
      const { cause, fix } = doctorOf(language).rules[rule]
      return commandsIn(`${cause} ${fix}`)
    })
    expect(zh).toEqual(en)
  })
})
