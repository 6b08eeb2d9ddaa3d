// The product as a service on a lab appliance: what a production install has, without sources, tests or what only builds it,
// and this machine's own Node. And the way to its page: an SSH tunnel to the same port.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import { builtProduct } from './electron.ts'
import type { LabAppliance } from './lab.ts'
import { repositoryRoot } from './repository-files.ts'

export const serviceFolder = '/opt/rackside'
export const serviceHome = '/var/lib/rackside-console'

/** Packages that the built program takes from node_modules. */
const packages = ['libsql', 'ssh2', 'systeminformation']

/** Node, dist/, the launcher and its packages; nothing is built there. */
export async function installProduct(appliance: LabAppliance): Promise<void> {
  const place = await builtProduct()
  const modules = [...closureOf(packages)].map((name) => join('node_modules', name))
  const own = ['package.json', 'scripts', 'resources', ...modules]
  await send(appliance, ['-C', dirname(process.execPath), 'node'], '/usr/local/bin')
  await send(
    appliance,
    ['-C', repositoryRoot, ...own, '-C', place, '--exclude=*.map', '--exclude=dist/types', 'dist'],
    serviceFolder,
  )
}

/** Unpacked there as root; `words`: of tar, what and from where. */
export async function send(appliance: LabAppliance, words: readonly string[], folder: string): Promise<void> {
  const unpack = `sudo mkdir -p ${folder} && sudo tar --extract --no-same-owner --directory ${folder}`
  const script = `tar --create --dereference ${words.map(quoted).join(' ')} | ssh ${sshWords(appliance).map(quoted).join(' ')} ${quoted(unpack)}`
  await promisify(execFile)('bash', ['-o', 'pipefail', '-c', script])
}

/** The same port on both sides: the page is only served under its own address. Ends with its process. */
export async function tunnelTo(appliance: LabAppliance, port: number): Promise<ChildProcess> {
  const forward = ['-N', '-o', 'ExitOnForwardFailure=yes', '-L', `127.0.0.1:${port}:127.0.0.1:${port}`]
  const child = spawn('ssh', [...forward, ...sshWords(appliance)], { stdio: 'ignore' })
  const answers = async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok === true
  await expect.poll(answers, { timeout: 20_000 }).toBe(true)
  return child
}

function sshWords({ user, address, port, identityFile }: LabAppliance): string[] {
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes']
  return [
    '-F',
    'none',
    '-q',
    '-i',
    identityFile,
    '-p',
    `${port}`,
    ...options.flatMap((one) => ['-o', one]),
    `${user}@${address}`,
  ]
}

function closureOf(names: readonly string[], found: Set<string> = new Set()): ReadonlySet<string> {
  for (const name of names) {
    if (found.has(name)) continue
    const about = packageOf(name)
    if (about === undefined) continue
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = about
    closureOf([...Object.keys(dependencies), ...Object.keys(optionalDependencies)], found)
  }
  return found
}

/** Undefined: one for another kind of machine. */
function packageOf(name: string): { dependencies?: object; optionalDependencies?: object } | undefined {
  try {
    return JSON.parse(readFileSync(join(repositoryRoot, 'node_modules', name, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
