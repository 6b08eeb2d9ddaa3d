// Step kind: weights that are a folder lie under /var/lib/rackside/models as hard links to the artifacts they are made of,
// so that their bytes are there once. A folder that is missing is made beside its place and renamed: a cut leaves all of
// it or none. One that is damaged is mended in its place, file by file, because a container that runs has it mounted.
import type { Command } from '../domain/command.ts'
import { remoteArtifacts, remoteModels } from '../domain/remote-layout.ts'
import { hostAct } from './host-act.ts'
import type { StepKind } from './step-kind.ts'

/** How a refused link is told: read by main/apply/remote-error.ts. */
export const linkRefusedText = 'rackside: no link could be made'

/** What a run has left that broke off; whoever holds the appliance's lock is the only one at work there. */
const sweep = `rm -rf -- ${remoteModels}/*.new || exit 1`

/** $1: the sha256 of the list. It is asked for once more, because root makes names of what is in it. */
const make = `umask 022
export LC_ALL=C
list=${remoteArtifacts}/sha256-$1 at=${remoteModels}/sha256-$1
[ "$(sha256sum <"$list" | cut -c 1-64)" = "$1" ] || { echo "$list: this is not the list of the folder's files" >&2; exit 1; }
mkdir -p ${remoteModels} && chmod 0755 ${remoteModels} || exit 1
${sweep}
[ -d "$at" ] && [ ! -L "$at" ] || rm -f -- "$at" || exit 1
into=$at
[ -d "$at" ] || { into=$at.new; mkdir "$into" || exit 1; }
refused() {
  printf '${linkRefusedText}; path %s; said %s\\n' "$1" "$2" >&2
  exit 1
}
while read -r sum path; do
  case /$path/ in *//* | */../* | */./*) echo "$path: no path of a model's file" >&2; exit 1 ;; esac
  file=${remoteArtifacts}/sha256-$sum to=$into/$path
  [ ! -L "$to" ] && [ "$to" -ef "$file" ] && continue
  folder=\${to%/*}
  [ -d "$folder" ] || mkdir -p -- "$folder" || exit 1
  [ ! -d "$to" ] || rm -rf -- "$to" || exit 1
  rm -f -- "$to.rackside-new" || exit 1
  chmod 0444 -- "$file" || exit 1
  said=$(ln -- "$file" "$to.rackside-new" 2>&1) || refused "$to" "$said"
  mv -f -- "$to.rackside-new" "$to" || exit 1
done <"$list" || exit 1
if [ "$into" = "$at" ]; then
  cut -c 67- "$list" | sort >${remoteModels}/names.new || exit 1
  (cd "$at" && find . ! -type d) | sed 's|^\\./||' | sort | comm -13 ${remoteModels}/names.new - |
    while IFS= read -r more; do
      case /$more/ in */../*) ;; *) rm -f -- "$at/$more" ;; esac
    done
  rm -f ${remoteModels}/names.new
else mv -- "$into" "$at"
fi`

/** Renamed first: what is half gone has not the name of a folder any more. */
const remove = `${sweep}
at=${remoteModels}/sha256-$1
[ ! -e "$at" ] || { mv -- "$at" "$at.new" && rm -rf -- "$at.new"; }`

export function removeModelFolder(sha256: string): Command {
  return hostAct('model-folder-remove', remove, sha256)
}

export const modelFolderStep: StepKind<'model-folder'> = {
  kind: 'model-folder',
  asks: ['artifacts'],
  by: 'commands',
  isTrue({ sha256 }, { modelFolders }) {
    if (modelFolders === undefined || modelFolders.state === 'absent') return { holds: false, reason: 'not-there' }
    if (modelFolders.state === 'unreadable') return { holds: false, reason: 'not-read' }
    const found = modelFolders.value.find((one) => one.sha256 === sha256)
    if (found === undefined) return { holds: false, reason: 'not-there' }
    return { holds: found.isWhole, reason: found.isWhole ? 'there-as-wanted' : 'weights-incomplete' }
  },
  unread: ({ modelFolders }) => (modelFolders?.state === 'unreadable' ? modelFolders.why : undefined),
  commands: ({ sha256 }) => [hostAct('model-folder', make, sha256)],
  // What was there stays: only what was made beside it goes.
  undo: ({ sha256 }) => [hostAct('model-folder-undo', `rm -rf -- ${remoteModels}/"sha256-$1.new"`, sha256)],
}
