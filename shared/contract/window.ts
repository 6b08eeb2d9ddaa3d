// What the shell around a page does for the person in front of it: native dialogs, secrets that are typed
// once, another window. Each graphical shell serves it beside the product's contract, to its own page only.
// What leaves it are ids: no path and no secret ever comes back to a page.
import * as z from 'zod'
import { backupWindow } from './backup.ts'
import { call } from './call.ts'
import { deskLogins, passphrase } from './desk-logins.ts'
import { operatorsWindow } from './operators.ts'
import { supportWindow } from './support.ts'
import { vaultWindow } from './vault.ts'

const nothing = z.strictObject({})
const credential = z.strictObject({
  credentialId: z.string().max(100),
  /** What a person calls it: "id_ed25519", "password". */
  label: z.string().max(300),
  /** False: it is forgotten when the console ends. */
  lasting: z.boolean(),
})
export type Credential = z.infer<typeof credential>

/** What a person may be handed as a file: no name leads anywhere else, and none is run by opening it. */
export const savedName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:json|html|txt|log|csv|crt|pdf)$/)
const savedFile = z.strictObject({ name: savedName, text: z.string().max(16 * 1024 * 1024) })
export type SavedFile = z.infer<typeof savedFile>
/** False where the dialog was cancelled, or the shell has none. */
const saved = z.strictObject({ saved: z.boolean() })

export const windowContract = {
  about: call(
    { effect: 'read', right: 'anybody', audit: 'none' },
    nothing,
    z.strictObject({
      shell: z.enum(['desktop', 'web']),
      version: z.string(),
      operator: z.string(),
      /** Whether what is called choose… opens a dialog here. */
      dialogs: z.boolean(),
      /** Where bundles are put for a shell without dialogs, as text for a person. */
      importFolder: z.string(),
      /** The language of this computer, and when this console was opened. */
      locale: z.string(),
      openedAt: z.iso.datetime(),
    }),
  ),
  /** A native dialog for a bundle's folder; null when it was cancelled or the shell has none. */
  chooseBundle: call(
    { effect: 'read', right: 'deliver', audit: 'none' },
    nothing,
    z.strictObject({ bundleId: z.string().max(100) }).nullable(),
  ),
  /** The same for a bundle in one file, or for one of its parts: those beside it come with it. */
  chooseBundleFile: call(
    { effect: 'read', right: 'deliver', audit: 'none' },
    nothing,
    z.strictObject({ place: z.string().max(100) }).nullable(),
  ),
  /** A native dialog for a private key file; null when it was cancelled or the shell has none. */
  chooseKeyFile: call({ effect: 'read', right: 'operate', audit: 'none' }, nothing, credential.nullable()),
  /** A native dialog for where these files go: one by its name, several into a folder. */
  saveFiles: call(
    { effect: 'read', right: 'member', audit: 'none' },
    z.strictObject({ documents: z.array(savedFile).min(1).max(5) }),
    saved,
  ),
  /** What this window shows, as a PDF on A4, where a native dialog says. */
  savePage: call(
    { effect: 'read', right: 'member', audit: 'none' },
    z.strictObject({ name: savedName.endsWith('.pdf') }),
    saved,
  ),
  /** The private keys in this user's own .ssh folder, by name. */
  keyFiles: call({ effect: 'read', right: 'operate', audit: 'none' }, nothing, z.array(credential)),
  /** Kept in memory until the console ends. */
  offerPassword: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ password: z.string().min(1).max(1024) }),
    credential,
  ),
  /** The text of a private key, kept in memory until the console ends. */
  offerKey: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ privateKey: z.string().min(1).max(20_000), passphrase: passphrase.optional() }),
    credential,
  ),
  ...vaultWindow,
  ...backupWindow,
  ...supportWindow,
  ...operatorsWindow,
  /** Passphrases, agent keys, answers: as the desk takes them. */
  ...deskLogins,
  /** Another window on the same console: its address where the page has to open it itself (a code, good once and for a minute). */
  openWindow: call(
    { effect: 'read', right: 'member', audit: 'none' },
    nothing,
    z.strictObject({ address: z.string().nullable() }),
  ),
}
export type WindowContract = typeof windowContract
