// The demo from a terminal: the whole journey at once, or the demo appliances that are there, one by one.
import type { DemoAppliance } from '../../../shared/domain/demo.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { DemoInvocation } from './demo-arguments.ts'
import { playDemo } from './demo-journey.ts'
import { type DemoWork, setupCommand } from './demo-next.ts'
import { flat, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export async function runDemo(work: DemoWork, line: DemoInvocation): Promise<Result<number>> {
  switch (line.act) {
    case 'play':
      return playDemo(work, line)
    case 'list':
      return list(work)
    case 'remove':
      return remove(work, line.name)
    case 'drill':
      return drill(work, line)
  }
}

async function list(work: DemoWork): Promise<Result<number>> {
  const { client, terminal, words, bundleFolder } = work
  const demos = await flat('demo.list', client.product.demo.list({}))
  if (!demos.ok) return demos
  for (const demo of demos.value) {
    sayDemo(work, demo)
    const solution = await solutionFor(work, demo.name)
    if (solution !== undefined) {
      terminal.say(words.demo.line(`  ${words.demo.setUpWith(setupCommand(demo.name, solution, bundleFolder))}`))
    }
  }
  terminal.say(words.demo.line(demos.value.length === 0 ? words.cli.none : words.demo.bundle(bundleFolder)))
  terminal.result({ demo: true, demos: demos.value, ...(demos.value.length > 0 && { bundle: bundleFolder }) })
  return ok(0)
}

/** What is proposed first for it; undefined where a drill is on that keeps it from being looked at. */
async function solutionFor({ client }: Work, name: string): Promise<string | undefined> {
  const bundles = await flat('bundles.list', client.product.bundles.list({}))
  const bundleId = bundles.ok ? bundles.value.find((one) => one.demo)?.bundleId : undefined
  if (bundleId === undefined) return undefined
  const input = { target: { by: 'name', name }, bundleId } as const
  const plans = await flat('setup.propose', client.product.setup.propose(input))
  return plans.ok ? plans.value[0]?.purpose.solution : undefined
}

async function remove({ client, terminal, words }: Work, name: string): Promise<Result<number>> {
  const removed = await flat('demo.remove', client.product.demo.remove({ name }))
  if (!removed.ok) return removed
  terminal.say(words.demo.line(words.demo.removed(name)))
  terminal.result({ demo: true, name, removed: true })
  return ok(0)
}

type Drilling = Extract<DemoInvocation, { act: 'drill' }>

async function drill(work: Work, { name, drill, on }: Drilling): Promise<Result<number>> {
  const { client, terminal } = work
  const drilled = await flat('demo.drill', client.product.demo.drill({ name, drill, on }))
  if (!drilled.ok) return drilled
  sayDemo(work, drilled.value)
  terminal.result({ demo: true, ...drilled.value })
  return ok(0)
}

function sayDemo({ terminal, words }: Work, { name, preset, address, drills }: DemoAppliance): void {
  const { cli, demo } = words
  const parts = [preset, demo.reach(address), cli.pair(demo.drills, drills.join(', ') || cli.none)]
  terminal.say(demo.line(cli.pair(name, cli.list(parts))))
}
