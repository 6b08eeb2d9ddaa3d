// Further ways to log in that this computer's user hands over: passphrases of keys, keys of the SSH agent, answers
// to a server's questions. What comes back is an id, as of everything of the desk.
import * as z from 'zod'
import { address, fingerprint } from '../domain/appliance.ts'
import { call } from './call.ts'

/** It stays in the memory of the owning process. */
export const passphrase = z.string().min(1).max(1024)

const credentialId = z.string().max(100)
const reading = { effect: 'read', right: 'operate', audit: 'none' } as const

export const deskLogins = {
  /** For an encrypted key file that is known here: after `identity-unusable`, then the same call again. */
  unlockKey: call(reading, z.strictObject({ credentialId, passphrase }), z.strictObject({ credentialId })),
  listAgentKeys: call(
    reading,
    z.strictObject({}),
    z.array(z.strictObject({ credentialId, fingerprint, label: z.string().max(300) })).max(100),
  ),
  /** The key a login signs with; without a fingerprint the only one that the agent holds. */
  takeAgentKey: call(
    reading,
    z.strictObject({ fingerprint: fingerprint.optional() }),
    z.strictObject({ credentialId, fingerprint }),
  ),
  /** The private key of a certificate that is about to be given, in PEM: for one `upkeep.giveCertificate`. */
  offerCertificateKey: call(
    reading,
    z.strictObject({ privateKey: z.string().min(1).max(20_000), passphrase: passphrase.optional() }),
    z.strictObject({ credentialId }),
  ),
  /**
   * Answers to the questions of `login-questions`, in that order, for one attempt. `credentialId`: the login they
   * go along with, which is then used as before; without it they are a login of their own. `questions`: another
   * one is not answered. `place`: of the failure, where several servers on the way have the same login.
   */
  offerAnswers: call(
    reading,
    z.strictObject({
      answers: z.array(z.string().max(1024)).min(1).max(16),
      questions: z.array(z.string().max(300)).max(16).optional(),
      credentialId: credentialId.optional(),
      place: address.pick({ host: true, port: true }).optional(),
    }),
    z.strictObject({ credentialId }),
  ),
}
