// What this computer's user hands over, tied to its use cases: in-process and on the user-only socket, never to a page.
import { implement, type Router } from '@orpc/server'
import { desk } from '../../shared/contract/desk.ts'
import { listAgentKeys, takeAgentKey } from './access/agent-keys.ts'
import { proposeFromSshConfig } from './access/ssh-config-import.ts'
import { changeVaultPassphrase, createKeychainVault, createVault, keepCredential, unlockVault } from './access/vault.ts'
import * as audit from './audit/audit-calls.ts'
import { writeBackup } from './backup/write.ts'
import { openBundleFiles } from './bundles/brought.ts'
import type { CallSource } from './context.ts'
import { registerBundle } from './desk/bundles.ts'
import {
  listKeyFiles,
  offerAnswers,
  offerCertificateKey,
  offerKey,
  offerPassword,
  openKeyFile,
  unlockKey,
} from './desk/desk.ts'
import { importFrom } from './desk/import-place.ts'
import { openSetFile } from './evaluation/sets.ts'
import { validateFirst } from './gate.ts'
import { throughGate } from './gated.ts'
import { addOperator, begin } from './operators/accounts.ts'
import { changeOwnPassphrase, resetNamed, signInHere, stepUpNow } from './operators/own-session.ts'
import { setProvider } from './operators/provider.ts'
import { beginByProvider, signInByProvider, stepUpByProvider } from './operators/provider-sign-in.ts'

const deskOs = implement(desk)
  .$config(validateFirst)
  .$context<CallSource>()
  .use(({ next, ...passing }, input) => throughGate(passing, input, (context) => next({ context })))

export const deskRouter: Router<typeof desk, CallSource> = deskOs.router({
  openBundle: deskOs.openBundle.handler(({ context, input }) => registerBundle(context.core, input.folder)),
  openBundleFiles: deskOs.openBundleFiles.handler(({ context, input }) => openBundleFiles(context.core, input.files)),
  openEvaluationSet: deskOs.openEvaluationSet.handler(({ context, input }) => openSetFile(context.core, input.file)),
  openKeyFile: deskOs.openKeyFile.handler(({ context, input }) => openKeyFile(context.core, input)),
  offerPassword: deskOs.offerPassword.handler(({ context, input }) => offerPassword(context.core, input.password)),
  offerKey: deskOs.offerKey.handler(({ context, input }) => offerKey(context.core, input)),
  unlockKey: deskOs.unlockKey.handler(({ context, input }) => unlockKey(context.core, input)),
  listAgentKeys: deskOs.listAgentKeys.handler(({ context }) => listAgentKeys(context.core)),
  offerCertificateKey: deskOs.offerCertificateKey.handler(({ context, input }) =>
    offerCertificateKey(context.core, input),
  ),
  takeAgentKey: deskOs.takeAgentKey.handler(({ context, input }) => takeAgentKey(context.core, input.fingerprint)),
  offerAnswers: deskOs.offerAnswers.handler(({ context, input }) => offerAnswers(context.core, input)),
  readSshConfig: deskOs.readSshConfig.handler(({ context }) => proposeFromSshConfig(context.core)),
  listKeyFiles: deskOs.listKeyFiles.handler(({ context }) => listKeyFiles(context.core)),
  importFrom: deskOs.importFrom.handler(({ context, input }) => importFrom(context.core, input.folder)),
  createVault: deskOs.createVault.handler(({ context, input }) => createVault(context.core, input.passphrase)),
  createKeychainVault: deskOs.createKeychainVault.handler(({ context }) => createKeychainVault(context.core)),
  unlockVault: deskOs.unlockVault.handler(({ context, input }) => unlockVault(context.core, input.passphrase)),
  changeVaultPassphrase: deskOs.changeVaultPassphrase.handler(({ context, input }) =>
    changeVaultPassphrase(context.core, input),
  ),
  writeBackup: deskOs.writeBackup.handler(({ context, input }) => writeBackup(context.core, input)),
  signIn: deskOs.signIn.handler(({ context, input }) => signInHere(context, input)),
  exportCheckpointsTo: deskOs.exportCheckpointsTo.handler(({ context, input }) =>
    audit.exportCheckpointsTo(context.core, input.folder),
  ),
  exportAuditTo: deskOs.exportAuditTo.handler(({ context, input }) => audit.exportAuditTo(context.core, input)),
  stepUp: deskOs.stepUp.handler(({ context, input }) => stepUpNow(context, input.passphrase)),
  beginOperators: deskOs.beginOperators.handler(({ context, input }) => begin(context.core.operators, input)),
  addOperator: deskOs.addOperator.handler(({ context, input }) => addOperator(context.core.operators, input)),
  resetOperator: deskOs.resetOperator.handler(({ context, input }) => resetNamed(context, input)),
  changeOwnPassphrase: deskOs.changeOwnPassphrase.handler(({ context, input }) => changeOwnPassphrase(context, input)),
  setProvider: deskOs.setProvider.handler(({ context, input }) => setProvider(context.core, input)),
  beginProviderSignIn: deskOs.beginProviderSignIn.handler(({ context, input }) => beginByProvider(context, input)),
  finishProviderSignIn: deskOs.finishProviderSignIn.handler(({ context, input }) => signInByProvider(context, input)),
  finishProviderStepUp: deskOs.finishProviderStepUp.handler(({ context, input }) => stepUpByProvider(context, input)),
  keepCredential: deskOs.keepCredential.handler(({ context, input }) => keepCredential(context.core, input)),
})
