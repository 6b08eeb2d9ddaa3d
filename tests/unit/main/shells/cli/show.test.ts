// What a person reads of facts, plans and verdicts: for every machine of the plan cases, in both languages,
// without a gap and without the marks of how it was made.
import { describe, expect, it } from 'vitest'
import { factLines, proofText, verdictLines } from '../../../../../main/shells/cli/show.ts'
import { planLines } from '../../../../../main/shells/cli/show-plan.ts'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { remoteBackups } from '../../../../../shared/domain/remote-layout.ts'
import type { ApplianceVerdict } from '../../../../../shared/domain/verdict.ts'
import { failureText } from '../../../../../shared/words/language.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { healthyFacts } from '../../../../support/doctor-cases.ts'
import { factsOf, partialCase, partialCases } from '../../../../support/partial-cases.ts'
import { planCase, planCases, planFor } from '../../../../support/plan-cases.ts'

const languages = ['en', 'zh-CN'] as const
const cases = planCases().map((one) => [one.name, one] as const)
const marks = /undefined|\[object|NaN|Infinity/

const verdict: ApplianceVerdict = {
  state: 'degraded',
  reason: 'a-deployment-is-not-healthy',
  deployments: [
    {
      deployment: 'ward-model',
      entry: 'llama-cpp',
      version: '7',
      state: 'degraded',
      reason: 'metrics-unreadable',
      rungs: [
        { name: 'process', passed: true, detail: 'container running', milliseconds: 0.4 },
        { name: 'metrics', passed: false, detail: 'HTTP 404: not here', milliseconds: 12.34 },
      ],
      proof: {
        ttftMs: 123.4,
        tokensPerSecond: { state: 'known', value: 20.04 },
        outputTokens: 32,
        answer: 'Ready.',
        finishReason: 'stop',
      },
    },
  ],
}

describe.each(languages)('in %s', (language) => {
  const words = wordsOf(language)

  it.each(cases)('the facts of %s', (_name, { facts }) => {
    const lines = factLines(facts, words)
    expect(lines.length).toBeGreaterThanOrEqual(7)
    for (const line of lines) expect(line).not.toMatch(marks)
  })

  it.each(partialCases().map((one) => [one.name, one] as const))(
    'the facts of %s say first that they are a part',
    (_name, one) => {
      const [first, ...lines] = factLines(factsOf(one), words)
      expect(first).toBe(words.cli.partialFacts(one.platform === 'darwin' ? 'macOS' : 'Windows'))
      expect(first).toContain('Linux')
      for (const line of lines) expect(line).not.toMatch(marks)
      // A vendor that nobody asked is no line of its own.
      expect(lines.filter((line) => line.startsWith(words.cli.hardware.accelerators))).toHaveLength(1)
    },
  )

  it('hardware without its driver or tool is shown with the packages that bring them', () => {
    const facts = healthyFacts('nvidia')
    const packages = { driver: 'nvidia-driver', tool: 'nvidia-utils' }
    const accelerators = facts.accelerators.map((report) =>
      report.vendor === 'nvidia' ? { ...report, devices: unreadable('nvidia-smi is not there'), packages } : report,
    )
    const lines = factLines({ ...facts, accelerators }, words).join('\n')
    expect(lines).toContain(words.cli.packages('nvidia-driver', 'nvidia-utils'))
  })

  it('the facts of a part name the accelerators that the system names, and never say that there are none', () => {
    const lineOf = (name: string) =>
      factLines(factsOf(partialCase(name)), words).find((line) => line.startsWith(words.cli.hardware.accelerators))
    const driver = words.cli.pair(words.cli.hardware.driver, '552.74')
    expect(lineOf('windows-workstation')).toContain(words.cli.list(['2 x NVIDIA RTX A6000, 49140 MiB', driver]))
    expect(lineOf('mac-studio')).toBe(
      words.cli.pair(words.cli.hardware.accelerators, words.cli.unreadable('not read on macOS')),
    )
  })

  it.each(cases)(
    'the plan for %s shows every step, and everything that stands in its way',
    (_name, { facts, catalog }) => {
      const plan = planFor(facts, catalog)
      const text = planLines(plan, words).join('\n')
      expect(text).not.toMatch(marks)
      expect(text.match(/^ {2}[+=] /gm) ?? []).toHaveLength(plan.steps.length)
      for (const service of plan.mayIgnoreFit ?? []) expect(text).toContain(words.cautions.mayIgnoreFit(service))
      for (const blocker of plan.blockers) expect(text).toContain(failureText(blocker, words).what)
      expect(text).toContain(words.cli.unsigned)
    },
  )

  it('the plan for a service with data says that they stay and are saved first, also where a person goes back', () => {
    const { facts } = planCase('installed-with-another-spec')
    const steps = planFor(facts).steps.map((one) =>
      one.spec.kind === 'container' && one.change ? { ...one, backsUp: ['rackside-ward-model_notes'] } : one,
    )
    const folder = `${remoteBackups}/ward-model`
    const text = planLines({ ...planFor(facts), steps }, words).join('\n')
    expect(text).toContain(words.cli.backsUp(folder))
    expect(text).not.toContain(words.cli.rollBackKeepsData(folder))
    const purpose = { act: 'roll-back', deployment: 'ward-model', version: '1' } as const
    const back = planLines({ ...planFor(facts), steps, purpose }, words).join('\n')
    expect(back).toContain(words.cli.rollBackKeepsData(folder))
    expect(back).not.toMatch(marks)
  })

  it('the plan shows each setting as a person reads it, and where it comes from', () => {
    const setting = {
      ...{ name: 'size', type: 'integer' as const, min: 1, max: 9, default: 3 },
      ...{ title: { en: 'Size', 'zh-CN': '大小' }, unit: { en: 'beds', 'zh-CN': '张床' } },
    }
    const otherwise = { value: '3', source: 'default' as const }
    const settings = [{ service: 'ward-model', entry: 'a', setting, value: '5', source: 'kept' as const, otherwise }]
    const text = planLines({ ...planFor(planCase('installed').facts), settings }, words).join('\n')
    const unit = setting.unit[language]
    const why = words.cli.list([setting.title[language], words.settings.sources.kept])
    expect(text).toContain(`${words.settings.heading}\n    ward-model.size = 5 ${unit} (${why})`)
  })

  it('the plan shows what containers get beyond their limits, why, and how that is agreed to', () => {
    const why = { en: 'It needs it.', 'zh-CN': '需要。' }
    const wants = [{ privilege: { kind: 'privileged' as const }, why, isNew: true }]
    const privileges = [{ service: 'ward-model', entry: 'a', wants, noMore: ['host-ipc'] }]
    const text = planLines({ ...planFor(planCase('installed').facts), privileges }, words).join('\n')
    expect(text).toContain('--allow-privilege ward-model/privileged')
    for (const said of [words.privileges.kinds.privileged({ kind: 'privileged' }), why[language], 'host-ipc']) {
      expect(text).toContain(said)
    }
  })

  it('the plan warns of a sum of memory that somebody ignores, with both figures', () => {
    const { facts, catalog, ignoreFit } = planCase('no-room-at-all-ignored')
    const text = planLines(planFor(facts, catalog, { ignoreFit }), words).join('\n')
    expect(text).toContain(words.cautions.fitIgnored('ward-model', '7.18 GiB', '3.6 GiB'))
    expect(text).not.toContain(words.cli.blocked)
  })

  it('the plan tells known issues, and what helps', () => {
    const said = { en: 'It stalls.', 'zh-CN': '会停顿。' }
    const workaround = { en: 'Wait.', 'zh-CN': '请等待。' }
    const issues = [{ service: 'ward-model', entry: 'a', variant: 'x', text: said, workaround }]
    const text = planLines({ ...planFor(planCase('installed').facts), issues }, words).join('\n')
    expect(text).toContain(words.cautions.knownIssue('ward-model', said[language], workaround[language]))
    expect(text).toContain(workaround[language])
  })

  it('the plan of an uninstall names the data that stay', () => {
    const { facts } = planCase('installed')
    const spec = { kind: 'absent-rackside', keeps: ['rackside-ward-model_notes', remoteBackups] } as const
    const folders = {
      change: true,
      reason: 'made-by-rackside',
      uploadBytes: 0,
      diskBytes: 0,
      interrupts: false,
    } as const
    const steps = [{ id: 'absent-rackside.folders', ...folders, spec: { ...spec, keeps: [...spec.keeps] } }]
    const purpose = { act: 'uninstall', deletesData: false } as const
    const text = planLines({ ...planFor(facts), steps, purpose }, words).join('\n')
    expect(text).toContain(words.cli.keepsData(`rackside-ward-model_notes, ${remoteBackups}`))
  })

  it('a verdict shows the rung that failed with what was seen, and the figures', () => {
    const text = verdictLines(verdict, words).join('\n')
    expect(text).not.toMatch(marks)
    expect(text).toContain('HTTP 404: not here')
    expect(text).toMatch(/123 ms.*20 tokens\/s.*32/)
  })

  it('a rate that could not be measured is not a number', () => {
    const proof = {
      ttftMs: 1,
      tokensPerSecond: { state: 'unreadable', why: 'too short to measure' },
      outputTokens: 1,
      answer: 'R',
      finishReason: 'stop',
    } as const
    expect(proofText(proof, wordsOf('en'))).toBe('first token after 1 ms, speed too short to measure, 1 tokens')
    expect(proofText(proof, wordsOf('zh-CN'))).toBe('首字延迟 1 ms，时间太短，无法测得吞吐，共 1 tokens')
  })
})

describe('equal cards', () => {
  it('are counted, and unreadable ones are told with the reason', () => {
    const linesOf = (name: string) => {
      const found = planCases().find((one) => one.name === name)
      return found === undefined ? '' : factLines(found.facts, wordsOf('en')).join('\n')
    }
    expect(linesOf('eight-910b4')).toContain('8 × Ascend 910B4 (32 GiB)')
    expect(linesOf('accelerators-unreadable')).toContain('hung since')
    expect(linesOf('bare-cpu-server')).not.toContain('Accelerators')
  })
})

describe('what containers see', () => {
  it('is one line, by deployment where there is one, and unreadable with the reason', () => {
    const { stack, ...facts } = healthyFacts('ascend')
    const one = { deployment: absent, given: [{ by: 'node' as const, node: '/dev/davinci1' }] }
    const containerDevices = known([
      { ...one, name: 'rackside-chat', deployment: known('chat'), sees: known(['/dev/davinci0', '/dev/davinci1']) },
      { ...one, name: 'gpus', sees: known(['GPU-1', 'MIG-2', '/dev/kfd']) },
      { ...one, name: 'other', sees: unreadable('gone') },
    ])
    const lines = (facts: Facts) => factLines(facts, wordsOf('en')).filter((line) => line.includes('inside'))
    expect(lines({ ...facts, stack: { ...stack, containerDevices } as Facts['stack'] })).toEqual([
      'Accelerators seen inside containers: chat: 2; gpus: 1; other: cannot be read: gone',
    ])
    expect(lines(facts)).toEqual([])
  })
})
