// Whose deployments are, as a terminal says it: a plan begins with what is different, a status names what was taken back.
import { describe, expect, it } from 'vitest'
import { verdictLines } from '../../../../../main/shells/cli/show.ts'
import { planLines } from '../../../../../main/shells/cli/show-plan.ts'
import { trustLines } from '../../../../../main/shells/cli/whose-lines.ts'
import type { Failure } from '../../../../../shared/domain/failure.ts'
import type { PublisherMark } from '../../../../../shared/domain/origin.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import { trustOf } from '../../../../../shared/domain/rollout-trust.ts'
import type { DeploymentVerdict } from '../../../../../shared/domain/verdict.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'

const acme: PublisherMark = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
const reason = { en: 'It loses notes.', 'zh-CN': '会丢失记录。' }
const back = { entry: 'note-helper', version: '3', publisher: acme.name, since: '2026-11-01', reason }
const changes: Pick<Plan, 'replacements' | 'takeovers' | 'takenBack'> = {
  replacements: [
    {
      service: 'note-helper',
      differences: [
        { what: 'privileges', before: [], after: ['capability=NET_RAW'] },
        { what: 'patient-data', before: ['none'], after: ['stored'] },
        { what: 'stored', after: [{ en: 'For 30 days', 'zh-CN': '30 天' }] },
        { what: 'image', before: [`sha256:${'a'.repeat(64)}`], after: [`sha256:${'b'.repeat(64)}`] },
      ],
    },
  ],
  takeovers: [{ from: acme, what: ['note-helper'] }, { what: ['ward-model'] }],
  takenBack: [{ deployment: 'letters', ...back }],
}

describe('a plan', () => {
  it('begins with what is different from now, and with what it takes over', () => {
    const lines = planLines({ ...planFor(bareFacts()), ...changes }, wordsOf('en'))
    const at = (text: string) => lines.findIndex((line) => line.includes(text))
    expect(lines.slice(at('note-helper, different'), at('note-helper, different') + 5)).toEqual([
      'note-helper, different from now:',
      "  privileges: nothing -> The kernel's right NET_RAW: send packets of any form.",
      '  data of patients: sees none -> are stored',
      '  stored where: not known of the installed version -> For 30 days',
      `  image: sha256:${'a'.repeat(12)} -> sha256:${'b'.repeat(12)}`,
    ])
    expect(at('Takes over note-helper from Acme Health (acme)')).toBeGreaterThan(0)
    expect(at('Takes over ward-model: nobody is known')).toBeGreaterThan(0)
    expect(at('letters: Acme Health has taken back note-helper 3 (2026-11-01): It loses notes.')).toBeGreaterThan(0)
    expect(at('  + ')).toBeGreaterThan(at('different from now'))
  })

  it('of a fleet says each once, with the names of those whom it is about', () => {
    const [one] = changes.replacements ?? []
    const of: Parameters<typeof trustOf>[0] = [
      ['w1', changes],
      ['w2', { replacements: one && [one], takenBack: changes.takenBack }],
      ['w3', {}],
    ]
    const lines = trustLines(trustOf(of), wordsOf('en'))
    expect(lines.filter((line) => !line.startsWith('  '))).toEqual([
      'w1; w2: note-helper, different from now:',
      expect.stringMatching(/^w1: Takes over note-helper from Acme Health \(acme\)/),
      expect.stringMatching(/^w1: Takes over ward-model: nobody is known/),
      'w1; w2: letters: Acme Health has taken back note-helper 3 (2026-11-01): It loses notes.',
    ])
    expect(lines[2]).toBe('  data of patients: sees none -> are stored')
  })

  it('says it in Chinese too', () => {
    const text = planLines({ ...planFor(bareFacts()), ...changes }, wordsOf('zh-CN')).join('\n')
    for (const one of [
      '权限：无 → 内核权限 NET_RAW：发送任意形式的网络包。',
      '已安装的版本未说明 → 30 天',
      'Acme Health 已撤回',
    ]) {
      expect(text).toContain(one)
    }
  })

  it('that is refused for another publisher names both, and how that is agreed to', () => {
    const failure: Failure = {
      kind: 'deployment-of-other',
      ...{ owner: acme.id, ownerName: acme.name, fingerprint: acme.fingerprint },
      ...{ publisher: 'Beta', deployments: ['note-helper'] },
    }
    for (const language of ['en', 'zh-CN'] as const) {
      const { what, next } = failureText(failure, wordsOf(language))
      for (const one of ['note-helper', acme.name, acme.fingerprint, 'Beta']) expect(what).toContain(one)
      expect(next).toContain('--take-from acme')
      expect(failureText({ ...failure, publisher: '' }, wordsOf(language)).what).not.toContain('Beta')
    }
  })
})

it('a status says what was taken back and who accepted which terms, and stays what it is', () => {
  const deployment: DeploymentVerdict = {
    ...{ deployment: 'note-helper', entry: 'note-helper', version: '3', state: 'healthy', reason: 'page-answers' },
    ...{ rungs: [], publisher: acme, takenBack: [back] },
    accepted: [
      {
        ...{ entry: 'note-helper', version: '3', spdx: 'LicenseRef-X', terms: 'c'.repeat(64), by: 'li' },
        at: '2026-11-20T08:00:00.000Z',
      },
    ],
  }
  const lines = verdictLines({ state: 'healthy', reason: 'answers', deployments: [deployment] }, wordsOf('en'))
  expect(lines[0]).toContain('Healthy')
  expect(lines.slice(2)).toEqual([
    expect.stringContaining('Acme Health has taken back note-helper 3 (2026-11-01): It loses notes.'),
    expect.stringContaining('It goes on running.'),
    '    Licence terms of note-helper@3 (LicenseRef-X) accepted by li, 2026-11-20T08:00:00.000Z',
  ])
})
