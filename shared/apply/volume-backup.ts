// What a service keeps in volumes is saved when a new version is put in its place: after the old one has stopped and
// before the new one starts, each volume as an archive of its own that only root reads. When the new one fails, the
// volumes get back what the old one left in them, before it starts again.
import { type Command, command } from '../domain/command.ts'
import { reserveBytes } from '../domain/disk-reserve.ts'
import type { StepSpecOf } from '../domain/plan.ts'
import { putShell } from '../domain/put-text.ts'
import { valueOr } from '../domain/reading.ts'
import { backupLabel, remoteBackups, remoteTasks, specLabel, volumeLabel } from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'
import { engineVolumeName } from '../domain/service-volume.ts'
import type { Asked } from './asked.ts'
import { keptVersions } from './container-proof.ts'
import { containerName, madeSettings, previousName } from './container-run.ts'

type Spec = StepSpecOf<'container'>

/** Those that the wanted version says, and those that what runs there now was started with. */
export function volumesToSave({ spec }: Spec, { containers }: Pick<Asked, 'containers'>): string[] {
  const { deployment, volumes = [] } = spec
  const names = [containerName(deployment), previousName(deployment)]
  const there = valueOr(containers, []).filter((one) => names.includes(one.name))
  const noted = there.flatMap(({ labels }) => labels[backupLabel]?.split(' ') ?? [])
  const wanted = volumes.filter((one) => one.backUp).map((one) => one.name)
  return [...new Set([...wanted, ...noted])].filter((name) => engineVolumeName.safeParse(name).success)
}

/** What a script says where a disk has too little room; behind it: "; path PATH; needs BYTES; free BYTES". */
export const tooLittleRoomText = 'rackside: too little room'

/** Before anything is stopped: whether there is room for the archives. */
export function roomToSave(volumes: readonly string[]): Command[] {
  if (volumes.length === 0) return []
  return [command('sh', '-c', roomText, 'sh', remoteBackups, String(reserveBytes / 1024), ...volumes)]
}

/** Of the container that was set aside: it is stopped, and its successor does not run. */
export function saveVolumes({ spec: { deployment } }: Spec, volumes: readonly string[]): Command[] {
  if (volumes.length === 0) return []
  const words = [remoteBackups, deployment, previousName(deployment), String(keptVersions), ...volumes]
  return [command('sh', '-c', saveText, 'sh', ...words)]
}

export type PutBack = {
  readonly volumes: readonly string[]
  /** Without an archive it fails: this run has made one. */
  readonly isSaved: boolean
  /** It starts the container, and only once everything is back: no service finds half of its data. */
  readonly starts: boolean
}

/** Of the container that got its name back. Its archives stay, whatever happens. */
export function putVolumesBack(deployment: string, { volumes, isSaved, starts }: PutBack): Command {
  const ways = [isSaved ? 'saved' : 'perhaps', starts ? 'start' : 'stay']
  return command('sh', '-c', backText, 'sh', remoteBackups, deployment, containerName(deployment), ...ways, ...volumes)
}

/** `mountpoint VOLUME` sets `at`; never of one that is somebody else's. */
const mountpoint = `mountpoint() {
  said=$(docker volume inspect --format '{{index .Labels "${volumeLabel}"}} {{.Mountpoint}}' "$1" 2>&1)
  case $said in "$1 /"*) at=\${said#* } ;; *) printf 'the volume %s: %s\\n' "$1" "$said" >&2; return 1 ;; esac
  [ -d "$at" ] || { printf 'the volume %s: no folder %s\\n' "$1" "$at" >&2; return 1; }
}
`

// What a service writes meanwhile may vanish while it is counted. A file takes its header in an archive besides.
const roomText = `${scriptHead({ block: 'volume-room' })}umask 077
${mountpoint}folder=$1 need=$2
shift 2
mkdir -p "$folder" || exit 1
command -v tar >/dev/null || { echo 'tar is not installed' >&2; exit 1; }
for volume; do
  mountpoint "$volume" || exit 1
  used=$(du -sk "$at" 2>/dev/null | cut -f 1)
  case $used in '' | *[!0-9]*) printf 'the volume %s: du did not answer\\n' "$volume" >&2; exit 1 ;; esac
  need=$((need + used + 2 * $(find "$at" 2>/dev/null | wc -l)))
done
set -- $(df -Pk "$folder" | tail -n 1)
[ "\${4:-0}" -lt $need ] || exit 0
printf '${tooLittleRoomText}; path %s; needs %s; free %s\\n' "$folder" $((need * 1024)) $((\${4:-0} * 1024)) >&2
exit 1`

/**
 * An archive is of what a container left when it stopped: the container and when it had been started say which that is.
 * As long as it has not run again, what lies in the archive is newer than what its successor made of the volume.
 * `find_backup CONTAINER` sets `of`, and `dir` where there is one; with a second word also of an earlier start of it. Tar says itself what it can; that an archive ends too
 * early it does not always see.
 */
const backupShell = `${putShell}
${mountpoint}find_backup() {
  of=$(docker inspect --type container --format '{{.Id}} {{.State.StartedAt}}' "$1") || return 2
  dir=
  for one in "$folder"/*/of; do
    said=$(cat "$one" 2>/dev/null)
    [ "$said" = "$of" ] || { [ -n "\${2:-}" ] && [ "\${said%% *}" = "\${of%% *}" ]; } || continue
    dir=\${one%/of}
  done
  [ -n "$dir" ]
}
knows=$(tar --help 2>&1) make= take=
for option in --format=posix --numeric-owner --xattrs --acls --selinux --sparse; do
  case $knows in *"\${option%%=*}"*) make="$make $option" ;; esac
done
for option in --numeric-owner --xattrs --xattrs-include=* --acls --selinux; do
  case $knows in *"\${option%%=*}"*) take="$take $option" ;; esac
done
save() {
  ( set -f; tar $make -C "$at" -cf "$dir/$1.tar.new" . ) && { sync "$dir/$1.tar.new" 2>/dev/null || sync; } &&
    put "$dir/$1.bytes" "$(stat -c %s "$dir/$1.tar.new")" && mv -f "$dir/$1.tar.new" "$dir/$1.tar" &&
    { sync "$dir" 2>/dev/null || sync; }
}
put_back() {
  users=$(docker ps --quiet --filter "volume=$1") || return 1
  [ -z "$users" ] || { printf 'the volume %s is in use by %s\\n' "$1" "$users" >&2; return 1; }
  [ "$(stat -c %s "$dir/$1.tar")" = "$(cat "$dir/$1.bytes")" ] && tar -tf "$dir/$1.tar" >/dev/null ||
    { printf 'the archive %s is not whole\\n' "$dir/$1.tar" >&2; return 1; }
  # The engine must not start it on half of its data.
  docker update --restart no "$container" >/dev/null || return 1
  find "$at" -mindepth 1 -delete || return 1
  ( set -f; tar $take -C "$at" -xpf "$dir/$1.tar" ) && { sync -f "$at" 2>/dev/null || sync; } || return 1
  # What jobs have made of it since is not in it any more.
  find ${remoteTasks}/"\${folder##*/}" -name '*.job' -newer "$dir/of" -exec rm -f {} + 2>/dev/null || :
}
`

// Where a run was broken off between this and the end of its undoing, the archive is there, and the volume has what the
// successor made of it.
const saveText = `${scriptHead({ block: 'volume-save' })}umask 077
LC_ALL=C
export LC_ALL
folder=$1/$2 container=$3 kept=$4
shift 4
mkdir -p "$folder" || exit 1
rm -f "$folder"/*/*.tar.new
${backupShell}begun= changed=
failed() {
  [ -z "$begun" ] || rm -rf "$dir"
  printf 'the data of %s were not saved\\n' "$container" >&2
  exit 1
}
find_backup "$container"
case $? in
  1)
    digest=$(docker inspect --type container --format '{{index .Config.Labels "${specLabel}"}}' "$container")
    case $digest in '' | *[!0-9a-f]*) digest=unknown ;; esac
    while dir=$folder/$(date -u +%Y%m%dT%H%M%SZ)-$digest; [ -e "$dir" ]; do sleep 1; done
    begun=yes
    # What an earlier run saved is older than what has been written since.
    rm -f "$folder"/*/of
    mkdir "$dir" && put "$dir/of" "$of" || failed ;;
  2) exit 1 ;;
esac
for volume; do
  mountpoint "$volume" || failed
  if [ -e "$dir/$volume.tar" ]; then changed=yes; put_back "$volume" || failed
  else save "$volume" || failed
  fi
done
[ -z "$changed" ] || docker update --restart ${madeSettings.restartPolicy} "$container" >/dev/null || failed
{ sync "$folder" 2>/dev/null || sync; }
ls -t "$folder" | grep -vxF "\${dir##*/}" | tail -n +$kept | while read -r old; do rm -rf "\${folder:?}/$old"; done
exit 0`

// Its words go where a step that undoes is heard (descriptor 8), because they are worth more than why it had to.
const backText = `${scriptHead({ block: 'volume-back' })}LC_ALL=C
export LC_ALL
( : >&8 ) 2>/dev/null && exec 2>&8
folder=$1/$2 container=$3 saved=$4 start=$5
shift 5
${backupShell}failed() {
  docker update --restart no "$container" >/dev/null 2>&1
  printf 'the data of %s could not be put back, and it was not started; they lie in %s\\n' "$container" "\${dir:-$folder}" >&2
  exit 1
}
any=
[ "$saved" != saved ] || any=any
find_backup "$container" $any
case $? in
  0)
    # An engine that was started anew meanwhile has started it too, on what its successor left.
    [ -z "$any" ] || docker stop "$container" >/dev/null || failed
    for volume; do
      [ -e "$dir/$volume.tar" ] || [ "$saved" = saved ] || continue
      mountpoint "$volume" && put_back "$volume" || failed
    done
    docker update --restart ${madeSettings.restartPolicy} "$container" >/dev/null || failed
    # From here on whatever lies in the volumes is meant.
    rm -f "$dir/of" ;;
  1) [ "$saved" != saved ] || failed ;;
  *) failed ;;
esac
[ "$start" = start ] || exit 0
docker start "$container" >/dev/null`
