// English: the steps of the way to an appliance.
import type { ConnectWords } from '../words.ts'

export const connect: ConnectWords = {
  steps: {
    jump: 'Jump host',
    resolve: 'Find the address',
    connect: 'Connect',
    'host-key': 'Host key',
    login: 'Log in',
    privilege: 'Root',
    shell: 'Shell',
  },
  notTried: 'not tried',
  answers: (host, port) => `port ${port} of ${host} answers`,
  hostKey: ({ keyType, fingerprint, algorithms, weak }) =>
    `trusted, ${keyType} ${fingerprint} (${algorithms.join(', ')})${weak.length === 0 ? '' : `; not safe any more: ${weak.join(', ')}`}`,
  login: (user, method) => `${user}, by ${method}`,
  root: {
    'is-root': 'this login is root',
    'sudo-without-password': 'root by sudo without a password',
    'sudo-with-password': 'root by sudo with a password',
  },
  shell: ({ shell, missing }) =>
    `${shell === '' ? 'runs commands' : `${shell} runs commands`}${missing.length === 0 ? '' : `; not found: ${missing.join(', ')}`}`,
  weakAllowed: 'Algorithms that are not safe any more are allowed for this appliance. Update its SSH server.',
}
