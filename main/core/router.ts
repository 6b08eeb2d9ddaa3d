// The contract, implemented: every call checked on the way in and out, through the gate, to its use case.
import { implement, type Router } from '@orpc/server'
import { contract } from '../../shared/contract/contract.ts'
import { desk } from '../../shared/contract/desk.ts'
import { ok } from '../../shared/domain/failure.ts'
import { detect, forgetAppliance, listAppliances, saveAppliance, status } from './appliances.ts'
import { listBundles, registerBundle } from './bundles.ts'
import type { CallContext } from './context.ts'
import { createDemo, drillDemo, listDemos, removeDemo } from './demo.ts'
import { listKeyFiles, offerKey, offerPassword, openKeyFile } from './desk.ts'
import { passGate } from './gate.ts'
import { greetAppliance, trustHostKey } from './host-keys.ts'
import { importFrom } from './import-place.ts'
import { recentSamples, watchAppliance } from './observe.ts'
import { proveLive } from './prove-live.ts'
import { applySetup, cancelSetup, lastRun, planSetup, proposeSetups, readPlan } from './setup.ts'
import { testConnection } from './test-connection.ts'

/** Input is validated before the gate, so that the audit line is what will be done; output after all. */
const validateFirst = {
  initialInputValidationIndex: Number.NEGATIVE_INFINITY,
  initialOutputValidationIndex: Number.NEGATIVE_INFINITY,
}

/** Both contracts behind one gate. */
const gated = implement({ product: contract, desk })
  .$config(validateFirst)
  .$context<CallContext>()
  .use(({ next, ...passing }, input) => {
    passGate(passing, input)
    return next()
  })
const os = gated.product
const deskOs = gated.desk

export const router: Router<typeof contract, CallContext> = os.router({
  appliances: {
    list: os.appliances.list.handler(({ context }) => listAppliances(context.core)),
    save: os.appliances.save.handler(({ context, input }) => saveAppliance(context.core, input.name, input.target)),
    forget: os.appliances.forget.handler(({ context, input }) => forgetAppliance(context.core, input.name)),
    greet: os.appliances.greet.handler(({ context, input }) => greetAppliance(context.core, input)),
    trust: os.appliances.trust.handler(({ context, input }) => trustHostKey(context.core, input)),
    detect: os.appliances.detect.handler(({ context, input }) => detect(context.core, input.target)),
    status: os.appliances.status.handler(({ context, input }) => status(context.core, input.target)),
  },
  connect: {
    test: os.connect.test.handler(({ context, input, signal }) => testConnection(context.core, input.target, signal)),
  },
  bundles: {
    list: os.bundles.list.handler(({ context }) => listBundles(context.core)),
  },
  setup: {
    propose: os.setup.propose.handler(({ context, input }) => proposeSetups(context.core, input)),
    readPlan: os.setup.readPlan.handler(({ context, input }) => readPlan(context.core, input.planId)),
    plan: os.setup.plan.handler(({ context, input }) => planSetup(context.core, input)),
    apply: os.setup.apply.handler(({ context, input, signal }) => applySetup(context, input, signal)),
    follow: os.setup.follow.handler(({ context, input, signal }) =>
      context.core.consoleRuns.follow(input.planId, signal),
    ),
    runs: os.setup.runs.handler(({ context }) => ok(context.core.consoleRuns.list())),
    lastRun: os.setup.lastRun.handler(({ context, input }) => lastRun(context.core, input.target)),
    cancel: os.setup.cancel.handler(({ context, input }) => cancelSetup(context.core, input.planId)),
    progress: os.setup.progress.handler(({ context, input, signal }) => context.core.runs.follow(input.planId, signal)),
    prove: os.setup.prove.handler(({ context, input, signal }) => proveLive(context.core, input.target, signal)),
  },
  demo: {
    list: os.demo.list.handler(({ context }) => listDemos(context.core)),
    create: os.demo.create.handler(({ context, input }) => createDemo(context.core, input.preset)),
    remove: os.demo.remove.handler(({ context, input }) => removeDemo(context.core, input.name)),
    drill: os.demo.drill.handler(({ context, input }) => drillDemo(context.core, input)),
  },
  observe: {
    watch: os.observe.watch.handler(({ context, input, signal }) => watchAppliance(context.core, input.target, signal)),
    recent: os.observe.recent.handler(({ context, input }) => recentSamples(context.core, input.target)),
  },
})

export const deskRouter: Router<typeof desk, CallContext> = deskOs.router({
  openBundle: deskOs.openBundle.handler(({ context, input }) => registerBundle(context.core, input.folder)),
  openKeyFile: deskOs.openKeyFile.handler(({ context, input }) => openKeyFile(context.core, input.file)),
  offerPassword: deskOs.offerPassword.handler(({ context, input }) => offerPassword(context.core, input.password)),
  offerKey: deskOs.offerKey.handler(({ context, input }) => offerKey(context.core, input.privateKey)),
  listKeyFiles: deskOs.listKeyFiles.handler(({ context }) => listKeyFiles(context.core)),
  importFrom: deskOs.importFrom.handler(({ context, input }) => importFrom(context.core, input.folder)),
})
