// The calls about the host keys that this console keeps: see them, trust a changed one again, forget them,
// bring in and take out OpenSSH's known_hosts.
import * as z from 'zod'
import { access, address, fingerprint, hostKeyPin } from '../domain/appliance.ts'
import { knownHost } from '../domain/known-host.ts'
import { call } from './call.ts'

const place = hostKeyPin.pick({ host: true, port: true })

const keptHostKey = hostKeyPin.omit({ keyBase64: true }).extend({
  fingerprint,
  /** Of the appliances that are saved with this address. */
  names: z.array(z.string().max(63)),
})
export type KeptHostKey = z.infer<typeof keptHostKey>

/** One line of an import. `hosts` may be a hash: then nobody can say whom it is about before an address is dialled. */
const importedHostKey = knownHost.omit({ keyBase64: true }).extend({ fingerprint })
export type ImportedHostKey = z.infer<typeof importedHostKey>

const importCounts = z.strictObject({
  added: z.int().nonnegative(),
  /** Of the added ones: keys that are never accepted from now on. */
  revoked: z.int().nonnegative(),
  alreadyKnown: z.int().nonnegative(),
  /** Kinds of key that this console cannot verify; not imported. */
  unknownTypes: z.int().nonnegative(),
  /** Lines with @cert-authority; not imported, because this console cannot verify host certificates. */
  certAuthorities: z.int().nonnegative(),
})
export type ImportCounts = z.infer<typeof importCounts>

const knownHostsText = z.strictObject({ text: z.string().max(256 * 1024) })

/** What a person types to confirm it: the host, or the name of an appliance that is saved with this address. */
const typedHost = z.string().max(300)

export const hostKeys = {
  list: call(
    { effect: 'read', right: 'look', audit: 'none' },
    z.strictObject({}),
    z.strictObject({ pinned: z.array(keptHostKey), imported: z.array(importedHostKey) }),
  ),
  /**
   * Trusts another key than the pinned one, or the same key on another machine: looks at the key without logging in,
   * replaces every pin of the address, forgets its machine id, and closes the connections to it. Fails with
   * host-key-mismatch where the server shows another key than the one that was compared.
   */
  retrust: call(
    { effect: 'change', right: 'administer', audit: 'host-key-retrust', asksAgain: true },
    z.strictObject({
      address,
      via: access.shape.via,
      weakAlgorithms: access.shape.weakAlgorithms,
      fingerprint,
      typedHost,
    }),
    z.strictObject({ keyType: z.string(), fingerprint, replaced: z.int().nonnegative() }),
  ),
  /**
   * Forgets the pins of an address and the imported lines that are about nothing else. Lines with a pattern that
   * also covers it stay and are counted, as are revoked ones, which are never forgotten here.
   */
  forget: call(
    { effect: 'change', right: 'administer', audit: 'host-key-forget', asksAgain: true },
    z.strictObject({ ...place.shape, typedHost }),
    z.strictObject({ forgotten: z.int().nonnegative(), stillImported: z.int().nonnegative() }),
  ),
  /** What `import` would do. */
  previewImport: call({ effect: 'read', right: 'administer', audit: 'none' }, knownHostsText, importCounts),
  /** Adds the lines of a known_hosts file. One that cannot be understood is named, and then nothing is added. */
  import: call(
    // Whatever file somebody took for a known_hosts file is not for the audit: `known-hosts-imported` says what came of it.
    { effect: 'change', right: 'administer', audit: 'known-hosts-import', hides: ['text'] },
    knownHostsText,
    importCounts,
  ),
  /** Pins and imported lines in known_hosts format. */
  export: call(
    { effect: 'read', right: ['operate', 'administer'], audit: 'none' },
    z.strictObject({}),
    z.strictObject({ text: z.string() }),
  ),
}
