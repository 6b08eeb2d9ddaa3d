// The demo appliances wherever they are seen: offered on the empty board, made, labelled on every screen, drilled.
import { AddressStart } from '../../../../renderer/features/add-appliance/address-start.tsx'
import { FirstAppliance } from '../../../../renderer/features/fleet/first-appliance.tsx'
import '../../../../renderer/features/fleet/fleet.css'
import type { DemoAppliance } from '../../../../shared/domain/demo.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'
import { known, unreadable, valueOr } from '../../../../shared/domain/reading.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'
import { answers, fails, type Script, streams, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed, demoNamed, listedDemo } from '../scripted.ts'
import { factsWith, gibibyte, healthyDeployment, reportOf, sampleOf, verdictOf } from '../scripted-facts.ts'
import { brokenBundle, consoleRun, planId, proposals, recordsBundle, wardPlan } from '../scripted-plans.ts'

const name = 'demo-ascend-8'
const ascend = { vendor: 'ascend', product: '910B4', count: 8, memoryBytes: 32 * gibibyte } as const
const calm = demoNamed(name)
const notStarted: Failure = { kind: 'demo-not-started', name, detail: 'no port of the loopback is free' }
const bundles = { list: answers([recordsBundle(), demoBundle(), brokenBundle]) }

function demoBundle() {
  return { ...recordsBundle('bundle-demo', 'demo-clinic'), demo: true }
}

const whole = factsWith([reportOf(ascend)])
const pulled = (() => {
  const report = reportOf(ascend)
  const gone = unreadable('npu-smi: device 3 is not there any more')
  const devices = valueOr(report.devices, []).map((one) =>
    one.index === 3 ? { ...one, utilizationPercent: gone, memoryUsedBytes: gone, health: gone } : one,
  )
  return factsWith([{ ...report, devices: known(devices) }])
})()

type Wish = { readonly demo?: DemoAppliance; readonly facts?: typeof whole; readonly failure?: Failure }

/** One demo appliance beside a real one. */
function withDemo({ demo = calm, facts = whole, failure }: Wish, other: Script = {}): Script {
  const devices = facts.accelerators.flatMap((one) => valueOr(one.devices, []))
  const verdict = verdictOf([healthyDeployment('demo-clinic-8b')], facts)
  const look = <T,>(value: T) => Promise.resolve(failure === undefined ? ok(value) : fail(failure))
  return {
    window: about,
    demo: { list: answers([demo]) },
    bundles,
    appliances: {
      list: answers([listedDemo(demo), applianceNamed('radiology-01', '10.78.0.11')]),
      detect: () => look(facts),
      status: () => look(verdict),
    },
    observe: { watch: streams([{ link: 'up' as const, sample: sampleOf(devices, Date.now()) }]), recent: answers([]) },
    ...other,
    setup: { runs: answers([]), lastRun: answers(null), ...other.setup },
  }
}

const none: Script = { window: about, appliances: { list: answers([]) }, demo: { list: answers([]), create: waits() } }
const several = [
  demoNamed(name, { drills: ['overheat', 'fill-disk', 'power-cut'] }),
  demoNamed('demo-nvidia-8', { preset: 'nvidia-8', port: 42_202 }),
  demoNamed('demo-workstation-2', { preset: 'workstation-2', port: 42_203, drills: ['cut-link'] }),
]
const drilled = demoNamed(name, { drills: ['pull-card', 'slow-link'] })
const cut = demoNamed(name, { drills: ['cut-link'] })
const unreachable: Failure = { kind: 'host-unreachable', host: '127.0.0.1', port: 42_201, reason: 'refused' }
const page = `/appliances/${name}`

const nothing = () => undefined
const idle = { making: undefined, failure: undefined, make: nothing }

export const scenes: Scenes = {
  choice: { path: '/appliances', script: none },
  creating: {
    render: () => (
      <FirstAppliance
        connect={<AddressStart onGreet={nothing} onMore={nothing} />}
        demo={{ ...idle, making: 'ascend-8' }}
      />
    ),
  },
  'creating-failed': {
    render: () => (
      <FirstAppliance
        connect={<AddressStart onGreet={nothing} onMore={nothing} />}
        demo={{ ...idle, failure: notStarted }}
      />
    ),
  },
  board: { path: '/appliances', script: withDemo({}) },
  screen: {
    path: '/demo',
    script: { window: about, appliances: { list: answers(several.map(listedDemo)) }, demo: { list: answers(several) } },
  },
  none: { path: '/demo', script: none },
  stuck: { path: '/demo', script: withDemo({}, { demo: { list: fails(notStarted) } }) },
  page: { path: page, script: withDemo({}) },
  'page-drilled': { path: page, script: withDemo({ demo: drilled, facts: pulled }) },
  'page-cut': { path: page, script: withDemo({ demo: cut, failure: unreachable }) },
  found: { path: `${page}/setup`, script: withDemo({}) },
  proposal: {
    path: `${page}/setup?step=proposal`,
    script: withDemo({ demo: drilled }, { setup: { propose: answers(proposals()) } }),
  },
  review: {
    path: `${page}/setup?step=review&plan=${planId}`,
    script: withDemo(
      {},
      { setup: { readPlan: answers(wardPlan({ purpose: settingUp('record-assistant', 'bundle-demo') })) } },
    ),
  },
  runs: {
    path: '/runs',
    script: withDemo(
      {},
      {
        setup: {
          runs: answers([
            { ...consoleRun('done'), address: calm.address },
            consoleRun('running', 'plan-00112233445566bb'),
          ]),
        },
      },
    ),
  },
  catalog: { path: '/catalog', script: withDemo({}) },
}
