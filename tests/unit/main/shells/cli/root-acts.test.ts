// What a plan runs as root in words of its bundle: shown, named, and approved by that name or by a person alone.
import { describe, expect, it } from 'vitest'
import { approved, toApprove } from '../../../../../main/shells/cli/approval.ts'
import { rootActName } from '../../../../../main/shells/cli/root-acts.ts'
import { planLines } from '../../../../../main/shells/cli/show-plan.ts'
import type { Work } from '../../../../../main/shells/cli/work.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import { rootActsOf } from '../../../../../shared/domain/root-act.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'
import { withInstaller } from '../../../../support/root-steps.ts'

const bare = planFor(planCase('bare-cpu-server').facts)
const plan = withInstaller(bare)
const names = (of: Plan) => rootActsOf(of).map(rootActName)

/** `answer`: what the person types; undefined where nobody is there. */
function ask(of: Plan, given: { yes?: boolean; allowRoot?: string[]; acceptLicence?: string[]; answer?: boolean }) {
  const { yes = false, allowRoot = [], acceptLicence = [], answer } = given
  const work = { terminal: { confirm: async () => answer }, words: wordsOf('en') } as unknown as Work
  return approved(work, toApprove(of), { yes, allowRoot, acceptLicence })
}

describe('--yes', () => {
  it('approves a plan of containers', async () => {
    expect(await ask(bare, { yes: true })).toEqual(ok(undefined))
  })

  it('does not approve what runs as root, and says how it is approved', async () => {
    const refused = await ask(plan, { yes: true, answer: true })
    const [name = ''] = names(plan)
    expect(refused).toEqual(fail({ kind: 'root-not-allowed', acts: [name] }))
    if (refused.ok) throw new Error('it was approved')
    for (const language of ['en', 'zh-CN'] as const) {
      expect(failureText(refused.failure, wordsOf(language)).next).toContain(`--allow-root ${name}`)
    }
  })

  it('approves it together with its name, and no other words under that name', async () => {
    const allowRoot = names(plan)
    expect(await ask(plan, { yes: true, allowRoot })).toEqual(ok(undefined))
    for (const change of [{ arguments: ['--full', '--force'] }, { sha256: 'b'.repeat(64) }]) {
      const other = withInstaller(bare, change)
      expect(await ask(other, { yes: true, allowRoot })).toEqual(fail({ kind: 'root-not-allowed', acts: names(other) }))
    }
  })

  it('takes a name that nothing has any more', async () => {
    expect(await ask(bare, { yes: true, allowRoot: names(plan) })).toEqual(ok(undefined))
  })
})

describe('licence terms', () => {
  const terms = { en: 'No clinical use without validation.', 'zh-CN': '未经验证不得用于临床。' }
  const licences = [
    { entry: 'medgemma', version: '1.5', spdx: 'LicenseRef-HAI-DEF', url: 'https://example.com/t', terms },
  ]
  const licensed: Plan = { ...bare, licences }

  it('are not accepted by --yes alone, nor under the name of another version', async () => {
    const refused = fail({ kind: 'licence-not-accepted', licences: ['medgemma@1.5'] })
    expect(await ask(licensed, { yes: true })).toEqual(refused)
    expect(await ask(licensed, { yes: true, acceptLicence: ['medgemma@1.4'] })).toEqual(refused)
    expect(await ask(licensed, { yes: true, acceptLicence: ['medgemma@1.5', 'old@1'] })).toEqual(ok(undefined))
    expect(await ask(licensed, { answer: true })).toEqual(ok(undefined))
  })

  it.each(['en', 'zh-CN'] as const)('stand in the plan, and how they are accepted in the refusal (%s)', (language) => {
    const shown = planLines(licensed, wordsOf(language)).join('\n')
    expect(shown).toContain(terms[language])
    expect(shown).toContain('medgemma@1.5')
    const { next } = failureText({ kind: 'licence-not-accepted', licences: ['medgemma@1.5'] }, wordsOf(language))
    expect(next).toContain('--accept-licence medgemma@1.5')
  })
})

describe('a person at the terminal', () => {
  it('approves it with the plan, and nobody is not a person', async () => {
    expect(await ask(plan, { answer: true })).toEqual(ok(undefined))
    expect(await ask(plan, { allowRoot: names(plan) })).toEqual(fail({ kind: 'approval-needed' }))
  })

  it.each(['en', 'zh-CN'] as const)('has read its words and its name in the plan (%s)', (language) => {
    const lines = planLines(plan, wordsOf(language))
    const at = lines.findIndex((line) => line.includes(names(plan)[0] ?? 'none'))
    expect(lines[at + 1]).toBe(`      | sh ./driver.run --full --install # sha256 ${'a'.repeat(64)}`)
    expect(planLines(bare, wordsOf(language)).join()).not.toContain('| ')
  })
})
