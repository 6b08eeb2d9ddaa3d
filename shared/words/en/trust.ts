// English: what the CLI says about the host keys that are kept.
import type { TrustWords } from '../words.ts'

const lines = (count: number) => `${count} ${count === 1 ? 'line' : 'lines'}`

export const trust: TrustWords = {
  sources: { compared: 'compared by a person', imported: 'from an import', rotated: 'announced by the server' },
  since: (time) => `since ${time}`,
  machine: (id) => `machine ${id}`,
  noMachine: 'machine id not known',
  importedLine: 'imported',
  revoked: 'revoked',
  trusted: (where, keyType, fingerprint) => `${where} is trusted: ${keyType} ${fingerprint}`,
  ifCompared: (command) => `Only if the server's own screen shows the offered fingerprint: ${command}`,
  replaced: (count) =>
    `It takes the place of ${count} host key${count === 1 ? '' : 's'}; connections to it were closed.`,
  forgotten: (where, count) => `${where}: ${count} host key${count === 1 ? '' : 's'} forgotten.`,
  stillImported: (count) => `${lines(count)} of an import still cover this address.`,
  imported: (added, revoked, alreadyKnown) =>
    `${lines(added)} added, ${revoked} of them revoke a key; ${alreadyKnown} already known.`,
  unknownTypes: (count) => `${lines(count)} left out: kinds of key that cannot be verified here.`,
  certAuthorities: (count) =>
    `${lines(count)} with @cert-authority left out: host certificates cannot be verified here, so nothing is trusted because of them.`,
  typeHost: (host) => `This replaces or removes what is trusted. Type the host name (${host}): `,
}
