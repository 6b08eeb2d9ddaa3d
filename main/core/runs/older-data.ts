// Whether a service's data were there before a secret was made for it. A first administrator is made with fresh data
// only: one that was there already has never taken that password, and showing it would send somebody away at the door.
import type { Connection } from '../../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { quoteWord } from '../../../shared/domain/quote.ts'
import { remoteMade, remoteSecrets } from '../../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../../shared/domain/script-head.ts'
import { volumeName } from '../../../shared/domain/service-volume.ts'

/** Seconds of the appliance's clock. */
export type MadeTimes = { readonly secrets: ReadonlyMap<string, number>; readonly volumes: ReadonlyMap<string, number> }

/** A run makes secrets before volumes, and an uninstall that keeps one keeps both. */
export function isOlderThan({ secrets, volumes }: MadeTimes, deployment: string, secret: string): boolean {
  const made = [...secrets].filter(([path]) => path.startsWith(`${deployment}/${secret}.`)).map(([, at]) => at)
  const newest = Math.max(...made)
  const first = volumeName(deployment, '')
  return [...volumes].some(([name, at]) => name.startsWith(first) && at < newest)
}

export async function readMadeTimes(connection: Connection): Promise<Result<MadeTimes>> {
  const run = await connection.run({ name: 'made-times', text }, { as: 'root', deadlineSeconds: 15 })
  if (!run.ok) return run
  const { exitCode, stdout, stderr } = run.value
  if (exitCode !== 0) return fail({ kind: 'facts-unreadable', detail: evidence(stderr, 300) })
  const secrets = new Map<string, number>()
  const volumes = new Map<string, number>()
  for (const line of stdout.split('\n')) {
    const [, at, secret] = /^([0-9]{1,12}) secret (\S{1,200})$/.exec(line) ?? []
    if (secret !== undefined) secrets.set(secret, Number(at))
    const [, since, volume] = /^([0-9]{1,12}) volume volume\.(\S{1,200})\.json$/.exec(line) ?? []
    if (volume !== undefined && !volume.endsWith('.before')) volumes.set(volume, Number(since))
  }
  return ok({ secrets, volumes })
}

const text = `${scriptHead({ block: 'made-times' })}
if cd ${quoteWord(remoteSecrets)} 2>/dev/null; then
  for f in */*.*; do [ ! -f "$f" ] || stat -c '%Y secret %n' -- "$f" || exit 1; done
fi
if cd ${quoteWord(remoteMade)} 2>/dev/null; then
  for f in volume.*.json; do [ ! -f "$f" ] || stat -c '%Y volume %n' -- "$f" || exit 1; done
fi`
