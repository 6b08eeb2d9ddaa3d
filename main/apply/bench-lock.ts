// The lock of runs, held while services are measured: nothing is changed there meanwhile, and nobody is measured while
// something is changed. Nobody waits for it. What it says of itself goes with it, so no run seems to have ended in it.
import type { Connection } from '../../shared/domain/connection.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteLock } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { type HeldLock, type Holder, readHolder, tryLock } from './lock.ts'

function benchLockScript(holder: Holder): string {
  return `${scriptHead({ block: 'bench-lock', holder })}exec 2>&1
exec 9>>${remoteLock} || exit 20
if ! flock -n 9; then
  read -r holder <${remoteLock}
  printf 'held %s\\n' "$holder"
  exit 0
fi
# The words of a run that ended without one stay: the next run has to know of it.
said=
if [ ! -s ${remoteLock} ]; then
  said=1
  IFS=' ' read -r self rest </proc/self/stat
  printf '%s\\n' ${quoteWord(JSON.stringify(holder))} "$self" >${remoteLock} || exit 20
fi
printf 'locked\\n'
trap 'kill $!; [ -z "$said" ] || : >${remoteLock}; exit 143' TERM
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
