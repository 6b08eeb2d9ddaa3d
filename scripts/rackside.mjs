#!/usr/bin/env node
// The committed bin: builds when dist/ is missing or stale, then runs the shell that was asked for. Committed and
// executable, because a bin inside dist/ is "not found" after npm ci and "Permission denied" after a rebuild.
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readyPlace } from './ready-place.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every other first word is the CLI's. */
const withWindow = ['start', 'desktop', 'web', 'serve']

/** Options whose value is the word after them; the shells and the CLI know what they mean. */
const withValue = [
  ...['--lang', '--port', '--import', '--vault-passphrase-file', '--metrics-token-file'],
  ...['--address', '--tls-name', '--tls-certificate', '--tls-key'],
]

/** The first word that is no option and no option's value. @param {readonly string[]} words */
function firstWord(words) {
  return words.find((word, at) => !word.startsWith('-') && !withValue.includes(words[at - 1] ?? ''))
}

/** @param {string} place @param {string} name */
function load(place, name) {
  return import(pathToFileURL(join(place, 'dist', `${name}.mjs`)).href)
}

/** `start` and `desktop` end with the window they opened, or say that the browser has to do. @param {string} place */
async function runShell(place) {
  if (verb === 'start' || verb === 'desktop') {
    const { openDesktop } = await load(place, 'start')
    if ((await openDesktop(place, verb)) !== 'go-on-in-browser') return
  }
  await load(place, verb !== undefined && withWindow.includes(verb) ? 'web' : 'cli')
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 18)) {
  console.error(`rackside: needs Node 20.18 or newer, this is ${process.versions.node}`)
  process.exit(1)
}
const words = process.argv.slice(2)
const verb = words.includes('--help') || words.includes('-h') ? undefined : firstWord(words)
const hasWindow = verb !== undefined && withWindow.includes(verb)
const place = await readyPlace(root, hasWindow ? ['program', 'page'] : ['program']).catch((error) => {
  console.error(`rackside: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
})
await runShell(place)
