// The verbs of the lab and what each answers: for the command line, and for tests, which call them many times.
import { quoteWord } from '../../shared/domain/quote.ts'
import { boot, checkNothingStandsOnBase, down, kill, list, up, withMachines } from './appliances.ts'
import { makeArtifacts } from './artifacts/make-artifacts.ts'
import { rebuildBaseImage } from './base/base-image.ts'
import type { CommandLine } from './command-line.ts'
import { applyFault } from './faults/apply-fault.ts'
import { checkHost } from './host/host-check.ts'
import { LabFailure } from './lab-failure.ts'
import { type MachineRecord, machineNumber, requireMachine } from './machine/machine-record.ts'
import { sshWords } from './machine/ready.ts'
import { makeModelFolder } from './model-folder/make-model-folder.ts'

export interface LabAnswer {
  json: object
  text: string
}

/** Does what one command line says; `help` and `exec` are the command's own. Fails with LabFailure. */
export async function labAnswer(line: CommandLine): Promise<LabAnswer> {
  await readyHost()
  switch (line.verb) {
    case 'up': {
      const records = await up(askedNumbers(line), line)
      return { json: { appliances: records.map(publicRecord) }, text: records.map(describe).join('\n') }
    }
    case 'boot': {
      const record = await boot(line.words[0])
      return { json: { appliances: [publicRecord(record)] }, text: describe(record) }
    }
    case 'kill': {
      const record = await kill(line.words[0])
      return { json: { killed: record.name }, text: `${record.name}: power cut` }
    }
    case 'down': {
      const names = await down(line.words[0])
      return {
        json: { removed: names },
        text: names.length === 0 ? 'no appliance was there' : `removed ${names.join(', ')}`,
      }
    }
    case 'list': {
      const listed = await list()
      const appliances = listed.map((each) => ({ ...publicRecord(each.record), running: each.running }))
      const rows = listed.map(
        (each) =>
          `${each.record.name}  ${each.record.address}  ${each.running ? 'running' : 'off'}  ${each.record.accelerators}`,
      )
      return { json: { appliances }, text: rows.join('\n') || 'no appliance' }
    }
    case 'rebuild': {
      const base = await withMachines(async () => {
        await checkNothingStandsOnBase()
        return rebuildBaseImage()
      })
      return { json: { folder: base.folder, buildId: base.record.buildId }, text: base.folder }
    }
    case 'artifacts': {
      const made = await makeArtifacts({
        extraWeightsMib: line.extraWeightsMib,
        extraImageMib: line.extraImageMib,
        families: line.families,
        search: line.search,
        parts: line.parts,
      })
      const appliances = (await list()).flatMap((each) => (each.running ? [each.record] : []))
      return { json: made, text: [made.folder, ...appliances.map((each) => setupLine(each, made.folder))].join('\n') }
    }
    case 'model-folder': {
      const made = await makeModelFolder(line.modelVersion)
      return { json: made, text: made.folder }
    }
    case 'fault': {
      const [name, ...words] = line.words
      const done = await withMachines(async () => applyFault(await requireMachine(name), words))
      return { json: { name, fault: words, done }, text: `${name}: ${done}` }
    }
    default:
      throw new LabFailure('usage', `the lab has no command "${line.verb}"`)
  }
}

/** Names where some are given, else 1 to count. */
function askedNumbers(line: CommandLine): number[] {
  if (line.words.length === 0) return Array.from({ length: line.count ?? 1 }, (_, index) => index + 1)
  return line.words.map((name) => {
    const number = machineNumber(name)
    if (number !== null && line.count === null) return number
    throw new LabFailure('usage', 'up takes --count N, or names like rackside-lab-2')
  })
}

function publicRecord(record: MachineRecord): object {
  const { name, address, port, user, identityFile, hostKeyFingerprint, accelerators } = record
  return { name, address, port, user, identityFile, hostKeyFingerprint, accelerators }
}

function describe(record: MachineRecord): string {
  return [
    `${record.name}`,
    `  address       ${record.address} port ${record.port}, user ${record.user}`,
    `  key           ${record.identityFile}`,
    `  host key      ${record.hostKeyFingerprint} (ed25519)`,
    `  accelerators  ${record.accelerators}`,
    `  log in        ${sshWords(record).join(' ')}`,
  ].join('\n')
}

/** What sets this one up from there, to be copied as it stands. Nobody signs what the lab makes. */
function setupLine({ user, address, port, identityFile, hostKeyFingerprint }: MachineRecord, folder: string): string {
  const login = ['--identity', identityFile, '--fingerprint', hostKeyFingerprint]
  const words = [
    'setup',
    `ssh://${user}@${address}:${port}`,
    ...login,
    '--solution',
    'clinic-starter',
    '--from',
    folder,
  ]
  return `RACKSIDE_ALLOW_UNSIGNED=1 npx rackside ${words.map(quoteWord).join(' ')}`
}

/** Refuses a host that cannot run the lab. */
export async function readyHost(): Promise<void> {
  // Programs of the superuser are not on everybody's path.
  const path = process.env['PATH'] ?? ''
  if (!path.endsWith(superuserPath)) process.env['PATH'] = `${path}:${superuserPath}`
  await checkHost()
}

const superuserPath = '/usr/local/sbin:/usr/sbin:/sbin'
