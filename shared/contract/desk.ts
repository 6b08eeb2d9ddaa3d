// What the user of this computer hands to the core by path or as a secret: bundle folders, key files,
// passwords. Served in-process and on the user-only socket, never to a renderer or over the web.
import * as z from 'zod'
import { bundleHeader } from '../domain/artifact.ts'
import { broughtSet } from '../domain/evaluation-set.ts'
import { vouching } from '../domain/publisher.ts'
import { auditDesk } from './audit.ts'
import { backupDesk } from './backup.ts'
import { call } from './call.ts'
import { deskLogins, passphrase } from './desk-logins.ts'
import { operatorsDesk } from './operators.ts'
import { placeOnComputer } from './place.ts'
import { readSshConfigCall } from './ssh-config.ts'
import { vaultDesk } from './vault.ts'

export const desk = {
  openBundle: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ folder: placeOnComputer }),
    z.strictObject({ bundleId: z.string(), header: bundleHeader, vouching, solutions: z.array(z.string()) }),
  ),
  /** A bundle in one file, in parts, or in a folder, which need not be whole: to look at, and to import. */
  openBundleFiles: call(
    { effect: 'read', right: 'deliver', audit: 'none' },
    z.strictObject({ files: z.array(placeOnComputer).min(1).max(999) }),
    z.strictObject({ place: z.string() }),
  ),
  /** A published set of questions: read, and kept by this console. */
  openEvaluationSet: call(
    { effect: 'change', right: 'operate', audit: 'evaluation-set-open' },
    z.strictObject({ file: placeOnComputer }),
    broughtSet,
  ),
  openKeyFile: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ file: placeOnComputer, passphrase: passphrase.optional() }),
    z.strictObject({ credentialId: z.string() }),
  ),
  /** The password stays in the memory of the owning process. */
  offerPassword: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ password: z.string().min(1).max(1024) }),
    z.strictObject({ credentialId: z.string() }),
  ),
  /** The text of a private key; it stays in the memory of the owning process. */
  offerKey: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ privateKey: z.string().min(1).max(20_000), passphrase: passphrase.optional() }),
    z.strictObject({ credentialId: z.string() }),
  ),
  ...deskLogins,
  readSshConfig: readSshConfigCall,
  /** The private keys in this user's own .ssh folder. */
  listKeyFiles: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({}),
    z.array(z.strictObject({ credentialId: z.string(), label: z.string().max(300) })),
  ),
  /** Where this console looks for bundles; with a folder, from now on there. The folder may be a bundle or hold some. */
  importFrom: call(
    { effect: 'read', right: 'administer', audit: 'none' },
    z.strictObject({ folder: placeOnComputer.optional() }),
    z.strictObject({ folder: z.string() }),
  ),
  ...vaultDesk,
  ...auditDesk,
  ...backupDesk,
  ...operatorsDesk,
}
