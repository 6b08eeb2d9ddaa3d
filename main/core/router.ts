// The contract, implemented: every call checked on the way in and out, through the gate, to its use case.
import { implement } from '@orpc/server'
import { contract } from '../../shared/contract/contract.ts'
import { desk } from '../../shared/contract/desk.ts'
import { detect, listAppliances, saveAppliance, status, trustHostKey } from './appliances.ts'
import { registerBundle } from './bundles.ts'
import type { CallContext } from './context.ts'
import { offerPassword, openKeyFile } from './desk.ts'
import { passGate } from './gate.ts'
import { applySetup, cancelSetup, planSetup } from './setup.ts'

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

export const router = os.router({
  appliances: {
    list: os.appliances.list.handler(({ context }) => listAppliances(context.core)),
    save: os.appliances.save.handler(({ context, input }) => saveAppliance(context.core, input.name, input.target)),
    trust: os.appliances.trust.handler(({ context, input }) => trustHostKey(context.core, input)),
    detect: os.appliances.detect.handler(({ context, input }) => detect(context.core, input.target)),
    status: os.appliances.status.handler(({ context, input }) => status(context.core, input.target)),
  },
  setup: {
    plan: os.setup.plan.handler(({ context, input }) => planSetup(context.core, input)),
    apply: os.setup.apply.handler(({ context, input }) => applySetup(context, input)),
    cancel: os.setup.cancel.handler(({ context, input }) => cancelSetup(context.core, input.planId)),
    progress: os.setup.progress.handler(({ context, input, signal }) => context.core.runs.follow(input.planId, signal)),
  },
})

export const deskRouter = deskOs.router({
  openBundle: deskOs.openBundle.handler(({ context, input }) => registerBundle(context.core, input.folder)),
  openKeyFile: deskOs.openKeyFile.handler(({ context, input }) => openKeyFile(context.core, input.file)),
  offerPassword: deskOs.offerPassword.handler(({ context, input }) => offerPassword(context.core, input.password)),
})
