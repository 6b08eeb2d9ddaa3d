// Takes Rackside's own folders away from an appliance: the last act of an uninstall, after which nothing can be
// written down there any more.
import type { Script } from '../../shared/domain/command.ts'
import {
  remoteBackups,
  remoteDataFiles,
  remoteLock,
  remoteMade,
  remoteRoot,
  remoteRuntime,
} from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'
import { guardText } from './step-script.ts'

/**
 * A folder that is a disk of its own stays, empty, and so does a link, to an empty folder. Whoever waits for the lock
 * must not get another one while this is at work: it goes last. Ends with 0 when no file of ours is left, but for those
 * about the data of services with `keepsData`.
 */
export function farewellScript(runId: string, keepsData = false): Script {
  const data = keepsData ? remoteDataFiles.map((path) => ` ! -path '${path}'`).join('') : ''
  const text = `${scriptHead({ block: 'farewell', ...(keepsData && { keepsData }) })}${guardText(runId)}for folder in ${remoteRuntime} ${remoteRoot}; do
  find "$folder/" -mindepth 1 ! -path ${remoteLock}${data} -delete 2>/dev/null
done
rm -f ${remoteLock}
rmdir ${remoteBackups} ${remoteMade} ${remoteRuntime} ${remoteRoot} 2>/dev/null
left=$(find ${remoteRuntime}/ ${remoteRoot}/ ! -type d${data} 2>/dev/null | head -n 5)
[ -n "$left" ] || { sync; exit 0; }
printf 'could not be removed: %s\\n' "$left" >&2
exit 1
`
  return { name: 'farewell', text }
}
