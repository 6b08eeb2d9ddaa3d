// Takes Rackside's own folders away from an appliance: the last act of an uninstall, after which nothing can be
// written down there any more.
import type { Script } from '../../shared/domain/command.ts'
import { remoteRoot, remoteRuntime } from '../../shared/domain/remote-layout.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'

/** A folder that is a disk of its own stays, empty. Ends with 0 when no file of ours is left. */
export function farewellScript(): Script {
  const text = `${scriptHead({ block: 'farewell' })}rm -rf ${remoteRuntime} ${remoteRoot} 2>/dev/null
left=$(find ${remoteRuntime} ${remoteRoot} ! -type d 2>/dev/null | head -n 5)
[ -n "$left" ] || { sync; exit 0; }
printf 'could not be removed: %s\\n' "$left" >&2
exit 1
`
  return { name: 'farewell', text }
}
