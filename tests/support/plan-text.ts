// A plan as lines that a reviewer can read and compare: what was chosen and why not the rest, what is to
// be done and why, what stands in the way. Digests of specs are named, because they move with every word.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Command } from '../../shared/domain/command.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { isBeside, type Plan, type PlanStep, planCounts } from '../../shared/domain/plan.ts'
import { commandLine } from '../../shared/domain/quote.ts'

export function planText(plan: Plan): string {
  const lines = [
    'chosen',
    ...plan.choices.flatMap((c) => [
      `  ${c.service}: ${c.entry} as ${c.variant}, evidence ${c.evidence}`,
      ...c.rejected.map((r) => `    not ${r.variant}: ${r.rejections.map((x) => JSON.stringify(x)).join(' ')}`),
    ]),
    'memory of what will be started',
    ...plan.fits.map(
      (f) =>
        `  ${f.service}: weights ${f.weightsBytes} + cache ${f.kvCacheBytes} + overhead ${f.overheadBytes} = ${f.needBytes} of ${f.availableBytes} (${f.where})`,
    ),
    'steps',
    ...plan.steps.map(stepLine),
    'containers',
    ...plan.steps.flatMap(containerLines),
    'in the way',
    ...plan.blockers.map((b) => `  ${JSON.stringify(b)}`),
    ...warningLines(plan),
    'answers',
    ...Object.entries(plan.answers).map(([name, value]) => `  ${name}: ${value}`),
    `sum ${JSON.stringify(planCounts(plan.steps))}`,
  ]
  return masked(`${lines.join('\n')}\n`, plan)
}

function warningLines({ ignoredFits = [], mayIgnoreFit = [] }: Plan): string[] {
  return [
    ...ignoredFits.map((one) => `  ignored: ${JSON.stringify(one)}`),
    ...(mayIgnoreFit.length === 0 ? [] : [`  could be ignored: ${mayIgnoreFit.join(', ')}`]),
  ]
}

function stepLine(step: PlanStep): string {
  const bytes = `sends ${step.uploadBytes}, keeps ${step.diskBytes}`
  const proven = isBeside(step) ? ' only to change places' : ''
  const interrupts = step.interrupts ? `, interrupts${proven}` : ''
  return `  ${step.change ? '+' : '='} ${step.id}: ${step.reason}, ${bytes}${interrupts}`
}

function containerLines(step: PlanStep): string[] {
  if (step.spec.kind !== 'container') return []
  const { spec, proof } = step.spec
  return [
    `  ${spec.deployment} of ${spec.entry} ${spec.entryVersion}, 127.0.0.1:${spec.hostPort} to ${spec.containerPort}, network ${spec.network}`,
    `    arguments ${JSON.stringify(spec.arguments)}`,
    `    environment ${JSON.stringify(spec.environment)}`,
    ...spec.mounts.map((m) => `    mount ${m.source} at ${m.target}`),
    ...(spec.accelerators === undefined ? [] : [`    accelerators ${spec.accelerators}`]),
    `    proof ${JSON.stringify(proof)}`,
  ]
}

/** The commands of every step that changes something, and those that take it back, with every image loaded. */
export function commandsText(plan: Plan, facts: Facts): string {
  const asked = withImages(plan, facts)
  const lines = plan.steps
    .filter((step) => step.change)
    .flatMap((step) => {
      const kind = kindOf(step.spec)
      if (!('commands' in kind)) return [`${step.id}, by ${kind.by}`]
      const commands = kind.commands(step.spec, asked, 'run-20261120T080010Z-0badcafe')
      return [
        `${step.id}, by ${kind.by}`,
        ...commands.flatMap((c, at) => [
          `  ${oneLine(c)}`,
          ...kind
            .undo(step.spec, asked, { runId: 'run-20261120T080010Z-0badcafe', failedAt: at })
            .map((u) => `    if it fails: ${oneLine(u)}`),
        ]),
      ]
    })
  return masked(`${lines.join('\n')}\n`, plan)
}

/** One line for each option: what changed shows up as a changed line. */
function oneLine(command: Command): string {
  return commandLine(command).replaceAll(/ (?=(?:'?--)[a-z])/g, '\n    ')
}

function withImages(plan: Plan, facts: Facts): Asked {
  if (facts.engine.state !== 'known' || facts.images.state !== 'known') return facts
  const { imageStore } = facts.engine.value
  const loaded = plan.steps.flatMap((step) => {
    if (step.spec.kind !== 'image' || !step.change) return []
    const { configDigest, manifestDigest, platform } = step.spec.image
    return [
      {
        id: imageStore === 'classic' ? configDigest : manifestDigest,
        architecture: platform.architecture,
        repoDigests: [],
      },
    ]
  })
  return { ...facts, images: { state: 'known', value: [...facts.images.value, ...loaded] } }
}

function masked(text: string, plan: Plan): string {
  let shown = text
  for (const { spec } of plan.steps) {
    if (spec.kind === 'container') shown = shown.replaceAll(spec.specDigest, `<spec of ${spec.spec.deployment}>`)
  }
  return shown.replaceAll(/\b([0-9a-f]{8})[0-9a-f]{56}\b/g, '$1...')
}
