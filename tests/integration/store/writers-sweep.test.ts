// Whatever moment a process that writes the audit, the vault or the settings is killed in, and whichever call of the disk
// fails: nothing that was acknowledged is lost, nothing half-written is read, and what was refused did not happen unseen
// (P61, P63). Every moment by `npm run soak -- audit`; here some of them, drawn from a seed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAudit } from '../../../main/store/audit/audit.ts'
import { verifyAudit } from '../../../main/store/audit/verify-audit.ts'
import { secretFileIn } from '../../../main/store/secret-file.ts'
import { openState } from '../../../main/store/state.ts'
import { openVault } from '../../../main/vault/vault.ts'
import { inSample } from '../../../scripts/config/sample.ts'
import { ownActs } from '../../../shared/domain/audit-own-acts.ts'
import { linesIn, materialIn } from '../../support/audit-mutations.ts'
import { type Break, type Broken, canBreak, runBroken } from '../../support/broken-child.ts'
import { chanceOf, count, isFullSweep } from '../../support/sweep.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const said = `
import { writeSync } from 'node:fs'
const say = (text: string) => writeSync(1, text + '\\n')
`

/** Four months in which segments are full after some records, with checkpoints, and what is old goes. */
const audits = `
import { openAudit } from './main/store/audit/audit.ts'
${said}
const audit = openAudit(process.argv[2] ?? '', { segmentBytes: 2200 })
for (let i = 0; i < 14; i += 1) {
  const at = new Date(Date.UTC(2026, Math.floor(i / 4) * 4, 3)).toISOString()
  const done = audit.append({ at, who: 'li', act: 'act', input: { i } })
  say(done.ok ? 'done ' + i : 'refused ' + i)
  if (i % 5 === 3) audit.checkpoint(at)
  if (i === 12) audit.retain(at, 183)
}
`

const vaults = `
import { randomBytes } from 'node:crypto'
import { openVault } from './main/vault/vault.ts'
import { secretFileIn } from './main/store/secret-file.ts'
import { Secret } from './shared/domain/command.ts'
${said}
const vault = openVault({
  disk: secretFileIn(process.argv[2] ?? '', 'vault.json'), random: randomBytes, now: () => '2026-11-20T08:00:00.000Z',
  clock: () => 0, pause: async () => undefined, keychain: undefined, idleMilliseconds: undefined, logN: 14,
})
say((await vault.create('correct horse battery')).ok ? 'done 0' : 'refused 0')
for (let i = 1; i < 6; i += 1) {
  const entry = { id: 'password-' + i, kind: 'password', label: 'x', secret: new Secret('s' + i) } as const
  say((await vault.keep(entry)).ok ? 'done ' + i : 'refused ' + i)
}
`

const settings = `
import { openState } from './main/store/state.ts'
${said}
const { appliances } = openState(process.argv[2] ?? '')
const all: { name: string; address: { host: string; port: number; user: string }; credentialId: string }[] = []
for (let i = 0; i < 8; i += 1) {
  const one = { name: 'ward-' + i, address: { host: '10.0.0.9', port: 22, user: 'ops' }, credentialId: 'k' }
  const done = appliances.write([...all, one])
  say(done.ok ? 'done ' + i : 'refused ' + i)
  if (done.ok) all.push(one)
}
`

const numbers = (lines: readonly string[], word: string) =>
  lines.filter((line) => line.startsWith(`${word} `)).map((line) => Number(line.split(' ')[1]))

function auditHolds(folder: string, { lines }: Broken): void {
  // Whoever writes next goes on where it stopped.
  const next = openAudit(folder).append({ at: '2027-01-05T00:00:00.000Z', who: 'li', act: 'after', input: {} })
  expect(next).toMatchObject({ ok: true })
  const material = materialIn(folder)
  expect(verifyAudit(material).problems).toEqual([])
  const records = linesIn(material).map(({ record }) => record)
  const removed = Math.min(...records.map(({ number }) => number)) > 1
  const acts = records
    .filter(({ act }) => act === 'act')
    .map(({ input, number }) => ({ i: (input as { i: number }).i, number }))
  const done = numbers(lines, 'done')
  const kept = removed ? done.filter((i) => i >= Math.min(...acts.map((one) => one.i))) : done
  expect(acts.map(({ i }) => i)).toEqual(expect.arrayContaining(kept))
  // What is old goes when the program says so, behind the thirteenth act, whether or not that one was taken: never before.
  if (removed) expect([...done, ...numbers(lines, 'refused')]).toContain(12)
  const voided = records
    .filter(({ act }) => act === ownActs.void)
    .map(({ input }) => (input as { number: number }).number)
  const refused = new Set(numbers(lines, 'refused'))
  // The last one may have been refused without another that says so; all others are declared void.
  const unsaid = acts.filter(({ i, number }) => refused.has(i) && !voided.includes(number)).map(({ i }) => i)
  expect(unsaid.filter((i) => done.some((later) => later > i))).toEqual([])
}

async function vaultHolds(folder: string, { lines }: Broken): Promise<void> {
  const disk = secretFileIn(folder, 'vault.json')
  const vault = openVault({
    ...{ disk, random: (size) => Buffer.alloc(size, 7), now: () => '2026-11-20T08:00:00.000Z', clock: () => 0 },
    ...{ pause: async () => undefined, keychain: undefined, idleMilliseconds: undefined, logN: 14 },
  })
  const done = numbers(lines, 'done')
  const unlocked = await vault.unlock('correct horse battery')
  if (!unlocked.ok) {
    expect([unlocked.failure.kind, done]).toEqual(['vault-missing', []])
    return
  }
  for (const i of done.filter((one) => one > 0)) {
    const entry = await vault.read(`password-${i}`)
    expect(entry.ok && entry.value.secret.reveal()).toBe(`s${i}`)
  }
}

function settingsHold(folder: string, { lines }: Broken): void {
  const read = openState(folder).appliances.read()
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  const names = read.value.map(({ name }) => name)
  for (const i of numbers(lines, 'done')) expect(names).toContain(`ward-${i}`)
}

const writers = [
  { name: 'the audit', program: audits, holds: auditHolds },
  { name: 'the vault', program: vaults, holds: vaultHolds },
  { name: 'the settings', program: settings, holds: settingsHold },
] as const

const breaks: readonly Omit<Break, 'at'>[] = [
  ...['fsync', 'rename', 'write', 'unlink'].map((call) => ({ call, how: 'signal=KILL' })),
  { call: 'fsync', how: 'error=EIO' },
  { call: 'fsync', how: 'error=EIO', forGood: true },
  { call: 'write', how: 'error=ENOSPC', forGood: true },
  { call: 'write', how: 'error=EIO' },
  { call: 'rename', how: 'error=EIO' },
]
const most = 400
const sampled = 5

/** Until no call is left that could be broken. */
async function sweep({ program, holds }: (typeof writers)[number], cut: Omit<Break, 'at'>): Promise<number> {
  const whole = numbers((await runBroken(program, [temporaryFolder()], { ...cut, at: 1_000_000 })).lines, 'done').length
  const seen = new Set<number>()
  const chance = chanceOf(`${cut.call} ${cut.how}`)
  for (let at = 1; at <= most; at += isFullSweep ? 1 : 1 + chance.below(23)) {
    const folder = temporaryFolder()
    const broken = await runBroken(program, [folder], { ...cut, at })
    await holds(folder, broken)
    count(`moments in which a writer was broken off by ${cut.call} ${cut.how}`)
    seen.add(at)
    const isUntouched = broken.code === 0 && numbers(broken.lines, 'done').length === whole
    if (isUntouched && broken.complaint === '' && at > 30) break
    if (!isFullSweep && seen.size >= sampled) break
  }
  return seen.size
}

describe.skipIf(!canBreak)('what was acknowledged is there, and what is there is whole', () => {
  for (const [place, writer] of writers.entries()) {
    const today = breaks.filter((_, at) => inSample(at + place, 5))
    it.each(today.map((cut) => [`${cut.call} ${cut.how}${cut.forGood === true ? ' from then on' : ''}`, cut] as const))(
      `of ${writer.name}, with %s`,
      async (_, cut) => {
        expect(await sweep(writer, cut)).toBeGreaterThan(0)
      },
      isFullSweep ? 1_200_000 : 60_000,
    )
  }
})

describe.skipIf(!canBreak)('a disk that is full or broken', () => {
  it.each(['ENOSPC', 'EIO'])('refuses the act (%s), and takes it again later', async (error) => {
    const folder = temporaryFolder()
    const broken = await runBroken(audits, [folder], { call: 'fsync', how: `error=${error}`, at: 4, forGood: true })
    expect(numbers(broken.lines, 'refused').length).toBeGreaterThan(10)
    auditHolds(folder, broken)
    expect(readFileSync(join(folder, 'audit.jsonl'), 'utf8')).toContain('"act":"after"')
  })
})
