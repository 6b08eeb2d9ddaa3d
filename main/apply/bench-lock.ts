// The lock of runs, held while services are measured: nothing is changed there meanwhile, and nobody is measured while
// something is changed. Nobody waits for it.
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteLock, remoteProver } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { type HeldLock, type Holder, holderShell, readHolder, tryLock } from './lock.ts'

/** As one who proves: not a word in the lock itself, so no run seems to have ended in it. */
function benchLockScript(holder: Holder): string {
  return `${scriptHead({ block: 'bench-lock', holder })}exec 2>&1
exec 9>>${remoteLock} || exit 20
${holderShell}
flock -n 9 || { find_holder; printf 'held %s\\n' "$holder"; exit 0; }
trap 'kill $!; rm -f ${remoteProver}; exit 143' TERM
printf '%s\\n' ${quoteWord(JSON.stringify(holder))} >${remoteProver} || exit 20
printf 'locked\\n'
while :; do
  sleep 3600 >/dev/null 2>&1 9>&- &
  wait $!
done
`
}

/** Refused while a run, or another benchmark, is at work there. */
export async function holdForBench(connection: Connection, holder: Holder): Promise<Result<HeldLock>> {
  const tried = await tryLock(connection, benchLockScript(holder))
  if (!tried.ok) return tried
  if (tried.value.locked !== undefined) return ok(tried.value.locked)
  const other = readHolder(tried.value.heldBy) ?? { run: 'unknown', who: 'unknown', at: 'unknown' }
  return fail({ kind: 'run-in-progress', holder: other.who, since: other.at, runId: other.run })
}
