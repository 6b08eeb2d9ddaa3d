// What an earlier run left going on by itself: whoever holds the lock waits for it, so that two never change the same
// thing, and nothing is called done or gone while something still makes it.
import type { Connection } from '../../shared/domain/connection.ts'
import { evidence, type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { remoteRoot, remoteStep, remoteUnitRecords } from '../../shared/domain/remote-layout.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { failureFromOutput } from './remote-error.ts'

const lookDeadlineSeconds = 30
const pauseMilliseconds = 1000

/**
 * Defines `units_at_work`, which prints their names: transient ones of systemd, as only `systemd-run` makes them, and
 * those of a server without it, which hold the lock of their pid file. A step that ends with its console comes first:
 * it may be about to start one.
 */
export const unitsAtWorkShell = `units_at_work() {
  [ ! -e ${remoteStep} ] || flock -n ${remoteStep} true || head -n 1 ${remoteStep}
  for unit in /run/systemd/transient/rackside-*.service; do
    [ -e "$unit" ] && systemctl is-active --quiet "\${unit##*/}" && echo "\${unit##*/}"
  done
  for unit in ${remoteUnitRecords}/rackside-*.service.pid; do
    [ -e "$unit" ] && ! flock -n -s "$unit" true && unit=\${unit##*/} && echo "\${unit%.pid}"
  done
}`

const script = {
  name: 'units at work',
  text: `${scriptHead({ block: 'units-at-work' })}${unitsAtWorkShell}\nunits_at_work 2>/dev/null\ntrue\n`,
}

/** Says once for whom it waits. The unit itself knows no limit of time, so a person who has waited enough cancels. */
export async function* waitForUnits(
  connection: Connection,
  {
    pause,
    stop,
  }: { readonly pause: (milliseconds: number) => Promise<void>; readonly stop: () => Failure | undefined },
): AsyncGenerator<RunEvent, Failure | undefined> {
  for (let said = ''; ; await pause(pauseMilliseconds)) {
    const stopped = stop()
    if (stopped !== undefined) return stopped
    const unit = await unitAtWork(connection)
    if (!unit.ok) return unit.failure
    if (unit.value === '') return undefined
    if (unit.value !== said) yield { event: 'waiting-for-lock', holder: unit.value }
    said = unit.value
  }
}

async function unitAtWork(connection: Connection): Promise<Result<string>> {
  const done = await connection.run(script, { as: 'root', deadlineSeconds: lookDeadlineSeconds })
  if (!done.ok) return done
  const { exitCode, stdout, stderr } = done.value
  if (exitCode !== 0) return fail(failureFromOutput(script.name, remoteRoot, stderr))
  return ok(evidence(stdout.split('\n')[0] ?? '', 150))
}
