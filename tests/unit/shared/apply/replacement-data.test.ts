// What becomes of a service's data when it is replaced, on an engine that exists only in memory: each container that
// starts writes its name into them. Wherever a replacement fails, the old version gets back what it left.
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../../shared/domain/command.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { backupLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import { readScriptHead } from '../../../../shared/domain/script-head.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { pretendEngine } from '../../../support/pretend-engine.ts'

const { facts: installed } = planCase('installed')
const plan = planFor(installed)
const model = plan.steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const volumes = [{ name: 'rackside-ward-model_notes', target: '/data', backUp: true }]
const step = { ...model, spec: { ...model.spec, volumes } }
const kind = actingKindOf(step)
const runId = 'run-20261120T080010Z-0badcafe'

const live = knownValue(installed.containers).find((c) => c.name === 'rackside-ward-model') as Container
const labels = { ...live.labels, [backupLabel]: volumes[0]?.name ?? '' }
const old = { ...live, id: 'old', labels: { ...labels, [specLabel]: 'old' } }
const aside: Container = { ...old, name: 'rackside-ward-model-previous', state: 'exited' }
const wanted = { ...live, id: 'new', labels: { ...labels, [specLabel]: step.specDigest } }

const beginnings: Record<string, Container[]> = {
  'the old version runs': [old],
  'the old version is stopped': [{ ...old, state: 'exited' }],
  'the old version lies aside': [aside],
  'the old version lies aside, and the new one is stopped': [{ ...wanted, state: 'exited' }, aside],
  'the old version lies aside, and the new one runs': [wanted, aside],
}

/** `touched`: a run before this one saved what the old version left, and the new one has written since. */
function appliance(containers: Container[], touched: boolean) {
  const engine = pretendEngine(plan, { ...installed, containers: known(containers) })
  const starts = new Map<string, number>()
  const archives = new Map<string, string>(touched ? [['old 0', 'old']] : [])
  const disk = { data: touched ? 'old new' : 'old' }
  const list = () => knownValue(engine.objects().containers)
  const named = (name = '') => list().find((one) => one.name === name)
  const keyOf = (one: Container) => `${one.id} ${starts.get(one.id) ?? 0}`
  const begun = (name: string) => {
    const one = named(name)
    if (one === undefined) return
    starts.set(one.id, (starts.get(one.id) ?? 0) + 1)
    disk.data += one.labels[specLabel] === 'old' ? ' old' : ' new'
  }
  const start = (name: string) => {
    const problem = engine.execute({ words: ['docker', 'start', name] })
    if (problem === undefined) begun(name)
    return problem
  }
  const quietly = (what: string) => {
    const running = list().filter((one) => one.state === 'running')
    if (running.length > 0) throw new Error(`${what} while ${running[0]?.name} runs`)
  }

  function script({ words }: Command): string | undefined {
    const block = readScriptHead(words[2] ?? '')?.block
    const [name, saved, next] = words.slice(6, 9)
    const one = named(name)
    if (block !== 'volume-save' && block !== 'volume-back') return undefined
    if (one === undefined) return `no such container: ${name}`
    const ofThis = [...archives.keys()].findLast((key) => key.startsWith(`${one.id} `))
    if (block === 'volume-back' && saved === 'saved') engine.execute({ words: ['docker', 'stop', one.name] })
    const key = saved === 'saved' && block === 'volume-back' ? (ofThis ?? '') : keyOf(one)
    const archive = archives.get(key)
    if (block === 'volume-save') {
      quietly('saved')
      if (archive === undefined) archives.set(keyOf(one), disk.data)
      else disk.data = archive
      return undefined
    }
    if (archive === undefined && saved === 'saved') return 'there is no archive'
    if (archive !== undefined) {
      quietly('put back')
      disk.data = archive
      archives.delete(key)
    }
    return next === 'start' ? start(one.name) : undefined
  }

  return {
    ...{ disk, archives, containers: list },
    facts: (): Facts => ({ ...installed, ...engine.objects() }),
    reboot: () => {
      engine.reboot((found) => found)
      for (const one of list()) if (one.state === 'running') begun(one.name)
    },
    execute(command: Command): string | undefined {
      const [program, verb, last = ''] = [command.words[0], command.words[1], command.words.at(-1)]
      if (program === 'sh') return script(command)
      if (verb === 'start') return start(last)
      const problem = engine.execute(command)
      if (verb === 'run' && problem === undefined) begun('rackside-ward-model')
      return problem
    },
  }
}

const commandsFor = (facts: Facts) => kind.commands(step, facts, runId)
const undoFor = (facts: Facts, failedAt: number) => kind.undo(step, facts, { runId, failedAt })
const blockOf = ({ words }: Command) => readScriptHead(words[2] ?? '')?.block

describe.each(Object.entries(beginnings))('where %s', (name, containers) => {
  const touched = name.includes('aside')
  const runsNew = name.endsWith('the new one runs')

  it('a failure at any command gives the old version back what it left', () => {
    const before = appliance(containers, touched)
    const facts = before.facts()
    for (const failing of commandsFor(facts).keys()) {
      const there = appliance(containers, touched)
      for (const command of commandsFor(facts).slice(0, failing)) expect(there.execute(command)).toBeUndefined()
      const undo = undoFor(facts, failing)
      for (const command of undo) there.execute(command)
      const isBack = there.containers().some((one) => one.id === 'old' && one.name === 'rackside-ward-model')
      if (undo.length > 0 && isBack) expect(there.disk.data, `when command ${failing} failed`).not.toContain('new')
    }
  })

  it('the new version begins with what the old one left, of which there is an archive', () => {
    const there = appliance(containers, touched)
    for (const command of commandsFor(there.facts())) expect(there.execute(command)).toBeUndefined()
    expect(there.disk.data).toBe('old new')
    expect([...there.archives.values()]).toEqual(['old'])
  })

  it('after a power cut the next run saves anew what the old version has written since', () => {
    const commands = commandsFor(appliance(containers, touched).facts())
    for (const at of commands.keys()) {
      const there = appliance(containers, touched)
      for (const command of commands.slice(0, at)) there.execute(command)
      there.reboot()
      const isServing = there.containers().some((one) => one.id === 'old' && one.state === 'running')
      const again = there.facts()
      if (kind.isTrue(step, again).holds) continue
      const left = there.disk.data
      for (const command of commandsFor(again)) expect(there.execute(command), `cut at ${at}`).toBeUndefined()
      if (isServing) expect([...there.archives.values()], `cut at ${at}`).toContain(left)
    }
  })

  it('an engine that was started anew while the new version was watched changes nothing of that', () => {
    const facts = appliance(containers, touched).facts()
    const commands = commandsFor(facts)
    const from = commands.findIndex((one) => one.words[1] === 'run')
    for (let failing = from + 1; from >= 0 && blockOf(commands[failing] as Command) !== 'record'; failing += 1) {
      const there = appliance(containers, touched)
      for (const command of commands.slice(0, failing)) there.execute(command)
      there.reboot()
      for (const command of undoFor(facts, failing)) there.execute(command)
      expect(there.disk.data, `when command ${failing} failed`).not.toContain('new')
    }
  })

  it('room is asked for before anything stops, and nothing is undone where there is too little', () => {
    const facts = appliance(containers, touched).facts()
    const blocks = commandsFor(facts).map(blockOf)
    expect(blocks.indexOf('volume-room')).toBe(runsNew ? -1 : 0)
    if (!runsNew) expect(undoFor(facts, 0)).toEqual([])
  })
})

it('a service without volumes, and a first start, have none of these commands', () => {
  const facts = appliance([old], false).facts()
  const plain = { ...facts, containers: known([{ ...old, labels: { ...old.labels, [backupLabel]: '' } }]) }
  const first = { ...facts, containers: known([]) }
  for (const commands of [kind.commands(model, plain, runId), kind.commands(step, first, runId)]) {
    expect(commands.map(blockOf).filter((block) => block?.startsWith('volume-'))).toEqual([])
  }
})

it('what the old version kept is saved also where the new one keeps nothing', () => {
  const commands = kind.commands(model, appliance([old], false).facts(), runId)
  expect(commands.find((one) => blockOf(one) === 'volume-save')?.words.at(-1)).toBe(volumes[0]?.name)
})
