// Reads the command line of the web shell.
import { resolve } from 'node:path'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { splitWords, usage, wrongOption } from '../../terminal/option-words.ts'
import { networkAddress } from './network-address.ts'

/** `usual`: the same one every time where it is free, so that the browser keeps what was chosen for this page. */
export type WantedPort = number | 'usual'

export type WebOrder = {
  /** `usual`: none was named. */
  readonly port: WantedPort
  /** Where bundles are; a whole path. */
  readonly importFolder: string | undefined
  readonly open: boolean
  readonly json: boolean
  /** A file of this user's with what a scraper shows to read /metrics; undefined: there is no /metrics. */
  readonly metricsTokenFile: string | undefined
  /** It runs for nobody in front of it: nothing opens, and it watches. */
  readonly serve: Serving | undefined
}

export type Serving = {
  /** What opens the vault. */
  readonly passphraseFile: string | undefined
  /** Only the unit file is wanted. */
  readonly printsUnit: boolean
  /** Undefined: for this computer alone. */
  readonly network: NetworkWords | undefined
}

/** How people reach it over the local network; files as they were typed. */
export type NetworkWords = {
  readonly address: string
  readonly names: readonly [string, ...string[]]
  readonly certificateFile: string
  readonly keyFile: string
}

const options = {
  port: { type: 'string' },
  import: { type: 'string' },
  'no-open': { type: 'boolean' },
  'metrics-token-file': { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const
const servingOptions = {
  port: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  unit: { type: 'boolean' },
  'vault-passphrase-file': { type: 'string' },
  'metrics-token-file': { type: 'string' },
  address: { type: 'string' },
  'tls-name': { type: 'string' },
  'tls-certificate': { type: 'string' },
  'tls-key': { type: 'string' },
} as const

export const usualPort = 7465

/** Below are the ports that only root may open. */
const lowestPort = 1024
/** The contract takes no longer path. */
const longestPath = 4096

/** `words` may begin with the name of the shell. */
export function readWebOrder(words: readonly string[]): Result<WebOrder> {
  if (splitWords(words, { ...options, ...servingOptions }).positionals[0] === 'serve') return readServeOrder(words)
  const { values, positionals, wrong } = splitWords(words, options)
  if (wrong !== undefined) return wrongOption(wrong, 'web', Object.keys(options))
  if (positionals.length > 1) return usage('one-word-too-many', positionals[1])
  const port = lastingPort(readPort(values.port), values['metrics-token-file'] !== undefined)
  if (port === undefined) return usage('not-a-port', values.port)
  const importFolder = values.import === undefined ? undefined : resolve(values.import)
  if (importFolder !== undefined && importFolder.length > longestPath) return usage('path-too-long', '--import')
  const { 'metrics-token-file': metricsTokenFile } = values
  const asked = { open: values['no-open'] !== true, json: values.json === true, metricsTokenFile }
  return ok({ port, importFolder, ...asked, serve: undefined })
}

function readServeOrder(words: readonly string[]): Result<WebOrder> {
  const { values, positionals, wrong } = splitWords(words, servingOptions)
  if (wrong !== undefined) return wrongOption(wrong, 'serve', Object.keys(servingOptions))
  if (positionals.length > 1) return usage('one-word-too-many', positionals[1])
  const port = lastingPort(readPort(values.port), !values.unit)
  if (port === undefined) return usage('not-a-port', values.port)
  const network = readNetwork(values)
  if (!network.ok) return network
  const passphraseFile = values['vault-passphrase-file']
  const serve = { passphraseFile, printsUnit: values.unit === true, network: network.value }
  const { 'metrics-token-file': metricsTokenFile } = values
  return ok({ port, importFolder: undefined, open: false, json: values.json === true, metricsTokenFile, serve })
}

type NetworkValues = Partial<Record<'address' | 'tls-name' | 'tls-certificate' | 'tls-key', string>>

/** Never another address without TLS: what is typed there is passphrases. */
function readNetwork(values: NetworkValues): Result<NetworkWords | undefined> {
  const { address: typed, 'tls-name': name, 'tls-certificate': certificateFile, 'tls-key': keyFile } = values
  if (typed === undefined) {
    const [alone] = (['tls-name', 'tls-certificate', 'tls-key'] as const).filter((one) => values[one] !== undefined)
    return alone === undefined ? ok(undefined) : usage('value-missing', '--address')
  }
  const address = networkAddress(typed)
  if (address === undefined) return usage('not-one-address', typed)
  if (name !== undefined && !hostName.test(name)) return usage('not-a-network-name', name)
  if (certificateFile === undefined || keyFile === undefined) {
    return fail({ kind: 'serving-refused', reason: 'needs-tls', detail: address })
  }
  return ok({ address, names: name === undefined ? [address] : [name, address], certificateFile, keyFile })
}

const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))*$/

/** Where others look for it, with a token in hand: another program at this port must not be taken for it. */
function lastingPort(port: WantedPort | undefined, isLooked: boolean): WantedPort | undefined {
  return port === 'usual' && isLooked ? usualPort : port
}

function readPort(text: string | undefined): WantedPort | undefined {
  if (text === undefined) return 'usual'
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0
  return port >= lowestPort && port <= 65_535 ? port : undefined
}
