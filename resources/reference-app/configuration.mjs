// Reads the app's settings from the environment at start, and refuses a wrong one with a code:
// a container that stops with a clear reason is easier to mend than one that fails at the bedside.
import { readFileSync } from 'node:fs'

/**
 * @typedef {object} Configuration
 * @property {number} port
 * @property {string} host
 * @property {URL} modelBaseUrl without a trailing slash in its path
 * @property {string} modelName
 * @property {string | undefined} modelApiKey read anew each time: a key that was rotated needs no restart
 * @property {boolean} modelThinkingOff
 * @property {number} maxOutputTokens
 * @property {Timeouts} timeouts
 */

/**
 * All in milliseconds.
 * @typedef {object} Timeouts
 * @property {number} connect to open the connection to the model, TLS included
 * @property {number} firstToken from connected to the first token (a long text takes a while to read)
 * @property {number} idle between tokens
 * @property {number} readiness for the whole readiness check
 */

/** @type {Readonly<Timeouts>} */
const defaultTimeouts = Object.freeze({
  connect: 10_000,
  firstToken: 180_000,
  idle: 60_000,
  readiness: 3_000,
})

/** Its message is a fixed code and the setting's name: never a value, which may be a key. */
export class ConfigurationError extends Error {
  /** @param {string} code @param {string} setting */
  constructor(code, setting) {
    super(`${code}: ${setting}`)
    this.name = 'ConfigurationError'
    this.code = code
    this.setting = setting
  }
}

/**
 * @param {Record<string, string | undefined>} environment
 * @returns {Configuration}
 */
export function readConfiguration(environment) {
  let modelApiKey = readApiKey(environment)
  return {
    port: readInteger(environment, 'PORT', 8080, 0, 65_535),
    host: setting(environment, 'HOST') ?? '0.0.0.0',
    modelBaseUrl: readBaseUrl(environment),
    modelName: required(environment, 'MODEL_NAME'),
    get modelApiKey() {
      try {
        modelApiKey = readApiKey(environment)
      } catch {
        // What it had may be accepted still.
      }
      return modelApiKey
    },
    modelThinkingOff: readThinkingOff(environment),
    maxOutputTokens: readInteger(environment, 'MAX_OUTPUT_TOKENS', 400, 1, 32_768),
    timeouts: { ...defaultTimeouts },
  }
}

/** @param {Record<string, string | undefined>} environment @param {string} name */
function setting(environment, name) {
  const value = environment[name]?.trim()
  return value === undefined || value === '' ? undefined : value
}

/** @param {Record<string, string | undefined>} environment @param {string} name */
function required(environment, name) {
  const value = setting(environment, name)
  if (value === undefined) throw new ConfigurationError('setting_missing', name)
  return value
}

/**
 * @param {Record<string, string | undefined>} environment
 * @param {string} name
 * @param {number} fallback
 * @param {number} least
 * @param {number} most
 */
function readInteger(environment, name, fallback, least, most) {
  const text = setting(environment, name)
  if (text === undefined) return fallback
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) throw new ConfigurationError('setting_invalid', name)
  return value
}

/** @param {Record<string, string | undefined>} environment */
function readBaseUrl(environment) {
  const text = required(environment, 'MODEL_BASE_URL')
  const url = URL.canParse(text) ? new URL(text) : undefined
  const usable =
    url !== undefined &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  if (!usable) throw new ConfigurationError('setting_invalid', 'MODEL_BASE_URL')
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

/** @param {Record<string, string | undefined>} environment */
function readApiKey(environment) {
  const direct = setting(environment, 'MODEL_API_KEY')
  if (direct !== undefined) return checkedKey(direct, 'MODEL_API_KEY')
  const path = setting(environment, 'MODEL_API_KEY_FILE')
  if (path === undefined) return undefined
  let content
  try {
    content = readFileSync(path, 'utf8').trim()
  } catch {
    throw new ConfigurationError('file_unreadable', 'MODEL_API_KEY_FILE')
  }
  return checkedKey(content, 'MODEL_API_KEY_FILE')
}

/** @param {string} key @param {string} name */
function checkedKey(key, name) {
  if (!/^[\x21-\x7e]{1,4096}$/.test(key)) throw new ConfigurationError('setting_invalid', name)
  return key
}

/** @param {Record<string, string | undefined>} environment */
function readThinkingOff(environment) {
  const value = setting(environment, 'MODEL_THINKING')
  if (value !== undefined && value !== 'off' && value !== 'default') {
    throw new ConfigurationError('setting_invalid', 'MODEL_THINKING')
  }
  return value === 'off'
}
