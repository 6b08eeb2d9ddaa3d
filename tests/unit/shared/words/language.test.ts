// Which language is spoken, and the small sentences that are put together from what the core returned.
import { describe, expect, it } from 'vitest'
import type { ConnectFact } from '../../../../shared/domain/connect-step.ts'
import type { Drift } from '../../../../shared/domain/drift.ts'
import { planStep } from '../../../../shared/domain/plan.ts'
import { acceleratorName, vendorName } from '../../../../shared/words/accelerator-name.ts'
import { connectFactText } from '../../../../shared/words/connect-text.ts'
import { driftText, languageOfLocale, stepText } from '../../../../shared/words/language.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'

const [en, zh] = [wordsOf('en'), wordsOf('zh-CN')]

describe('the language', () => {
  it.each([
    ['zh_CN.UTF-8', 'zh-CN'],
    ['ZH', 'zh-CN'],
    ['zh-Hant-TW', 'zh-CN'],
    ['en-GB', 'en'],
    ['C', 'en'],
    ['de_zh', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ])('of the locale %s is %s', (locale, language) => {
    expect(languageOfLocale(locale)).toBe(language)
  })

  it('has words of its own', () => {
    expect([en.cli.none, zh.cli.none].map((text) => /\p{Script=Han}/u.test(text))).toEqual([false, true])
  })
})

it('names a step by its subject, without the kind before it', () => {
  const subjects = planFor(bareFacts()).steps.map((step) => {
    const { spec, id } = planStep.parse(step)
    const subject = id.slice(id.indexOf('.') + 1)
    expect(stepText(planStep.parse(step), en)).toBe(en.steps[spec.kind](subject))
    return subject
  })
  expect(subjects.length).toBeGreaterThan(3)
})

describe('a drift', () => {
  const drift: Drift = { what: 'image', was: 'a', now: '' }
  it.each([
    [{ ...drift, deployment: 'chat', of: 'nvidia' }, 'chat runs from another image: was a, is nothing'],
    [{ ...drift, of: 'nvidia' }, 'nvidia runs from another image: was a, is nothing'],
    [{ ...drift, what: 'kernel' as const }, en.upkeep.driftFromTo(en.upkeep.drift.kernel(''), 'a', '')],
  ])('%j is told in one sentence', (one, text) => {
    expect(driftText(one, en)).toBe(text)
  })
})

it.each([
  ['nvidia', 'NVIDIA'],
  ['mthreads', 'Moore Threads'],
  ['ascend', 'Ascend'],
  ['hygon', 'Hygon'],
] as const)('the maker %s is called %s', (vendor, name) => {
  expect(vendorName(vendor)).toBe(name)
})

it.each([
  [{ kind: 'npu', index: 3, chip: 0 } as const, 'NPU 3'],
  [{ kind: 'npu', index: 3, chip: 1 } as const, 'NPU 3.1'],
])('%j is called %s', (accelerator, name) => {
  expect(acceleratorName(accelerator)).toBe(name)
})

it.each<[ConnectFact, string]>([
  [{ about: 'network-address', networkAddress: '192.0.2.7' }, '192.0.2.7'],
  [{ about: 'port', host: 'h', port: 22 }, 'port 22 of h answers'],
  [
    {
      about: 'host-key',
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:x',
      algorithms: ['curve25519-sha256'],
      weak: ['ssh-rsa'],
    },
    'trusted, ssh-ed25519 SHA256:x (curve25519-sha256); not safe any more: ssh-rsa',
  ],
  [{ about: 'login', user: 'it', method: 'password' }, 'it, by password'],
  [{ about: 'root', how: 'is-root' }, 'this login is root'],
  [
    { about: 'shell', shell: 'dash', found: ['sh'], missing: ['sha256sum'] },
    'dash runs commands; not found: sha256sum',
  ],
])('what a step of a connection test found: %j', (fact, text) => {
  expect(connectFactText(fact, en)).toBe(text)
  expect(connectFactText(fact, zh)).not.toBe('')
})
