// One-click setup: what fits, and the review of the plan.

import { RunWishFields } from '../../../../renderer/features/setup/run-wishes.tsx'
import { type Failure, fail } from '../../../../shared/domain/failure.ts'
import type { Plan, SetUpPlan } from '../../../../shared/domain/plan.ts'
import type { JournaledRun } from '../../../../shared/domain/run.ts'
import { withInstaller } from '../../../support/root-steps.ts'
import { answers, fails, type Script, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { chosenModel, modelToChoose } from '../scripted-models.ts'
import {
  alreadyTrue,
  brokenBundle,
  medicalTerms,
  openingPlan,
  planId,
  proposals,
  recordsBundle,
  wardPlan,
  wardSteps,
} from '../scripted-plans.ts'
import { wardPorts, wardPrivileges, wardSettings } from '../scripted-settings.ts'
import { uninstalling } from '../scripted-uninstall.ts'

import { ofAnother, oldPublisher, takenBack, wardReplacements } from '../scripted-whose.ts'

const proposal = '/appliances/Records-01/setup?step=proposal'
const review = `/appliances/Records-01/setup?step=review&plan=${planId}`
const appliances = { list: answers([applianceNamed('Records-01', '10.78.0.11')]) }
const desktop = {
  about: async () => {
    const answer = await about.about()
    return answer.ok ? { ...answer, value: { ...answer.value, shell: 'desktop' as const, dialogs: true } } : answer
  },
}

function proposing(plans: readonly SetUpPlan[], other: Script = {}): Script {
  return {
    window: about,
    appliances,
    bundles: { list: answers([recordsBundle()]) },
    setup: { propose: answers([...plans]) },
    ...other,
  }
}

function reviewing(plan: Plan, setup: Script['setup'] = {}): Script {
  return {
    window: about,
    appliances,
    bundles: { list: answers([recordsBundle()]) },
    setup: { readPlan: answers(plan), apply: waits(), lastRun: answers(null), ...setup },
  }
}

const replacing = wardPlan({
  steps: [
    ...alreadyTrue(wardSteps.slice(0, 4)),
    ...wardSteps
      .slice(4)
      .map((one) =>
        one.id === 'container.baichuan-m2' ? { ...one, reason: 'container-differs' as const, interrupts: true } : one,
      ),
  ],
})

const changingPlaces = wardPlan({
  steps: replacing.steps.map((step) =>
    step.spec.kind === 'container' && step.interrupts
      ? { ...step, spec: { ...step.spec, beside: { memoryBytes: 1 } } }
      : step,
  ),
})

const stoppingFirst = wardPlan({ steps: replacing.steps, purpose: { ...wardPlan().purpose, stopFirst: true } })

/** A newer version of its entry allows less than what was chosen. */
const outOfLimits = wardSettings.map((one) =>
  one.value === '64' ? { ...one, value: '512', source: 'kept' as const } : one,
)
const refusedSetting: Failure = {
  ...{ kind: 'setting-invalid', service: 'baichuan-m2', setting: 'threads', value: '512' },
  limit: { is: 'integer', min: 1, max: 256 },
}

const tooLittle = wardPlan({
  id: 'plan-00112233445566cc',
  purpose: { ...wardPlan().purpose, solution: 'three-families' },
  blockers: [{ kind: 'memory-too-small', entry: 'baichuan-m2', needBytes: 81e9, availableBytes: 64e9 }],
  mayIgnoreFit: ['baichuan-m2'],
})

const heldBy: JournaledRun = {
  ...{ run: 'run-20261122T085500Z-cafe0bad', planId: 'plan-ffffffffffffffff', who: 'ward-admin-1' },
  ...{ beganAt: '2026-11-22T08:55:00.000Z', steps: [], state: 'running' },
}

export const scenes: Scenes = {
  'model-to-choose': { path: review, script: reviewing(wardPlan(modelToChoose)) },
  'model-that-is-used': { path: review, script: reviewing(wardPlan(chosenModel)) },
  'no-bundles': { path: proposal, script: proposing([], { bundles: { list: answers([]) } }) },
  'no-bundles-desktop': { path: proposal, script: proposing([], { window: desktop, bundles: { list: answers([]) } }) },
  'only-broken': { path: proposal, script: proposing([], { bundles: { list: answers([brokenBundle]) } }) },
  looking: { path: proposal, script: proposing([], { setup: { propose: waits() } }) },
  proposal: { path: proposal, script: proposing(proposals()) },
  'two-bundles': {
    path: proposal,
    script: proposing(proposals().slice(0, 1), {
      window: desktop,
      bundles: {
        list: answers([
          recordsBundle(),
          recordsBundle('bundle-2', 'a-bundle-with-a-very-long-name-2026-11-02-final-candidate'),
          brokenBundle,
        ]),
      },
    }),
  },
  'nothing-fits': { path: proposal, script: proposing(proposals().slice(2)) },
  'no-proposal': {
    path: proposal,
    script: proposing([], {
      setup: { propose: fails({ kind: 'link-lost', host: '10.78.0.11', port: 22, during: 'facts' }) },
    }),
  },
  review: { path: review, script: reviewing(wardPlan()) },
  'review-replaces': { path: review, script: reviewing(replacing) },
  'review-differences': {
    path: review,
    script: reviewing({
      ...replacing,
      replacements: [...wardReplacements],
      takeovers: [{ from: oldPublisher, what: ['baichuan-m2', 'record-assistant'] }, { what: ['pacs-viewer'] }],
      takenBack: [{ deployment: 'discharge-letters', ...takenBack }],
    }),
  },
  'review-of-another': { path: review, script: reviewing(wardPlan({ blockers: [ofAnother] })) },
  'review-licences': { path: review, script: reviewing(wardPlan({ licences: medicalTerms })) },
  'review-closed': { path: review, script: reviewing(wardPlan({ publishable: ['record-assistant'] })) },
  'review-opened': { path: review, script: reviewing(openingPlan()) },
  'proposal-for-who-knows': { path: proposal, script: proposing([wardPlan(), tooLittle]) },
  'review-too-little': { path: review, script: reviewing(tooLittle) },
  'review-fit-ignored': {
    path: review,
    script: reviewing(wardPlan({ ignoredFits: [{ service: 'baichuan-m2', needBytes: 81e9, availableBytes: 64e9 }] })),
  },
  'review-privileges': { path: review, script: reviewing(wardPlan({ privileges: [...wardPrivileges] })) },
  'review-settings': { path: review, script: reviewing(wardPlan({ settings: [...wardSettings] })) },
  'review-settings-refused': {
    path: review,
    script: reviewing(wardPlan({ settings: outOfLimits, blockers: [refusedSetting] })),
  },
  'review-root-words': { path: review, script: reviewing(withInstaller(wardPlan())) },
  'review-changes-places': { path: review, script: reviewing(changingPlaces) },
  'take-over': {
    render: () => (
      <RunWishFields
        plan={replacing}
        holder={{ who: 'ward-admin-1', runId: 'run-20261122T085500Z-cafe0bad' }}
        wishes={{ evenIfBusy: true, takesOn: true, takesOver: 'another' }}
        onWish={() => undefined}
      />
    ),
  },
  'review-held': {
    path: review,
    script: reviewing(changingPlaces, { lastRun: answers(heldBy) }),
  },
  'review-stops-first': { path: review, script: reviewing(stoppingFirst) },
  'review-uninstall': { path: review, script: reviewing(uninstalling) },
  'review-nothing': { path: review, script: reviewing(wardPlan({ steps: alreadyTrue(wardSteps) })) },
  'review-blocked': {
    path: review,
    script: reviewing(
      wardPlan({
        blockers: [{ kind: 'port-taken', port: 8400, by: 'nginx', neededBy: 'baichuan-m2', free: 8401 }],
        ports: [...wardPorts],
      }),
    ),
  },
  'review-gone': {
    path: review,
    script: {
      window: about,
      bundles: { list: answers([]) },
      setup: { readPlan: async () => fail({ kind: 'plan-unknown', planId }) },
    },
  },
}
