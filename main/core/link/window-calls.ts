// The calls of a window that are the same in every graphical shell: what it is, and credentials exchanged
// for ids. Dialogs and other windows are the shell's own.
import type { deskLogins } from '../../../shared/contract/desk-logins.ts'
import type { operatorsDesk } from '../../../shared/contract/operators.ts'
import { ok } from '../../../shared/domain/failure.ts'
import type { ConsoleClient } from './console-client.ts'
import type { ClientOf, WindowCalls } from './serve-page.ts'

export type AboutShell = {
  readonly shell: 'desktop' | 'web'
  readonly version: string
  readonly operator: string
  readonly dialogs: boolean
  /** The language of this computer ("zh-CN"). */
  readonly locale: string
  /** UTC, ISO 8601. */
  readonly openedAt: string
}

type Shared = VaultCalls &
  OperatorCalls &
  Pick<WindowCalls, 'about' | 'keyFiles' | 'offerPassword' | 'offerKey' | keyof typeof deskLogins>

/** `own`: this process's own client, for what it says of itself. */
export function sharedWindowCalls(clientOf: ClientOf, about: AboutShell, own: ClientOf): Shared {
  const desk = async () => (await clientOf()).desk
  return {
    async about() {
      const place = await (await own()).desk.importFrom({})
      return place.ok ? ok({ ...about, importFolder: place.value.folder }) : place
    },
    ...vaultCalls(desk),
    ...operatorCalls(desk),
    async keyFiles() {
      const files = await (await desk()).listKeyFiles({})
      return files.ok ? ok(files.value.map((file) => ({ ...file, lasting: true }))) : files
    },
    unlockKey: async (input) => (await desk()).unlockKey(input),
    listAgentKeys: async (input) => (await desk()).listAgentKeys(input),
    offerCertificateKey: async (input) => (await desk()).offerCertificateKey(input),
    takeAgentKey: async (input) => (await desk()).takeAgentKey(input),
    offerAnswers: async (input) => (await desk()).offerAnswers(input),
    async offerPassword({ password }) {
      const offered = await (await desk()).offerPassword({ password })
      return offered.ok ? ok({ ...offered.value, label: 'password', lasting: false }) : offered
    },
    async offerKey(input) {
      const offered = await (await desk()).offerKey(input)
      return offered.ok ? ok({ ...offered.value, label: 'private key', lasting: false }) : offered
    },
  }
}

/** Where the browser comes back to is the shell's to say, and only one in a browser can. */
type OperatorCalls = Omit<Pick<WindowCalls, keyof typeof operatorsDesk>, 'beginProviderSignIn'>

function operatorCalls(desk: () => Promise<ConsoleClient['desk']>): OperatorCalls {
  return {
    signIn: async (input) => (await desk()).signIn(input),
    stepUp: async (input) => (await desk()).stepUp(input),
    beginOperators: async (input) => (await desk()).beginOperators(input),
    addOperator: async (input) => (await desk()).addOperator(input),
    resetOperator: async (input) => (await desk()).resetOperator(input),
    changeOwnPassphrase: async (input) => (await desk()).changeOwnPassphrase(input),
    setProvider: async (input) => (await desk()).setProvider(input),
    finishProviderSignIn: async (input) => (await desk()).finishProviderSignIn(input),
    finishProviderStepUp: async (input) => (await desk()).finishProviderStepUp(input),
  }
}

type VaultCalls = Pick<
  WindowCalls,
  'createVault' | 'createKeychainVault' | 'unlockVault' | 'changeVaultPassphrase' | 'keepCredential'
>

/** As they come from the page, on to the desk, which audits them. */
function vaultCalls(desk: () => Promise<ConsoleClient['desk']>): VaultCalls {
  return {
    createVault: async (input) => (await desk()).createVault(input),
    createKeychainVault: async (input) => (await desk()).createKeychainVault(input),
    unlockVault: async (input) => (await desk()).unlockVault(input),
    changeVaultPassphrase: async (input) => (await desk()).changeVaultPassphrase(input),
    keepCredential: async (input) => (await desk()).keepCredential(input),
  }
}
