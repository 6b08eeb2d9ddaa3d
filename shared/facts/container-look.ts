// The look into running containers that were given accelerators. What the host shows proves nothing: a container that
// lost its devices runs on beside a host that has them all. So the nodes are listed as the container sees them (the
// engine's record of its first process, and /proc/PID/root), which opens none of them, and NVIDIA's own tool is asked
// inside, because only a call shows that the rights to a node were lost (accelerators.md section 1, "container").
import { deploymentLabel } from '../domain/remote-layout.ts'
import { vendorReaders } from './accelerators/all.ts'
import { engineGroup } from './engine-api.ts'
import { needs, type Probe } from './probe.ts'

/** Containers that are looked into; further ones are only named, and beyond the second limit said to be there. */
const lookedLimit = 8
export const namedLimit = 40
const nodeLimit = 256
/** Lines of what a container's tool says: together they stay under what the reader takes. */
const saidLimit = 200
/** nvidia-smi wakes every GPU up where persistence mode is off. */
const askSeconds = 7

export const accessGlobs = [
  ...new Set(vendorReaders.flatMap(({ nodeGlobs, sharedNodeGlobs = [] }) => [...nodeGlobs, ...sharedNodeGlobs])),
]
const runtimes = vendorReaders.flatMap(({ runtime }) => runtime ?? [])

/** "/dev/dri": `docker run --device` takes a folder too. */
export const accessFolders = [
  ...new Set(accessGlobs.map((glob) => glob.slice(0, glob.lastIndexOf('/'))).filter((folder) => folder !== '/dev')),
]

// Environments and options may hold secrets: of a container's environment only the variables of runtimes leave it.
// Names of the CLI's own Go fields, as in engine-objects.ts. Each list ends with a null in the place of a comma's next.
const isVisible = runtimes.map(({ variable }) => `(eq (index (split . "=") 0) "${variable}")`).join(' ')
const template =
  '{{.State.Pid}} {{.ID}} {"Id":{{json .ID}},"Runtime":{{json .HostConfig.Runtime}},' +
  '"Devices":[{{range .HostConfig.Devices}}[{{json .PathOnHost}},{{json .PathInContainer}}],{{end}}null],' +
  '"Requests":[{{range .HostConfig.DeviceRequests}}{"Driver":{{json .Driver}},"Count":{{json .Count}},' +
  '"DeviceIDs":{{json .DeviceIDs}},"Capabilities":{{json .Capabilities}}},{{end}}null],' +
  `"Visible":[{{range .Config.Env}}{{if or ${isVisible}}}{{json .}},{{end}}{{end}}null],` +
  `"Name":{{json .Name}},"Deployment":{{json (index .Config.Labels "${deploymentLabel}")}}}`

/** Texts of a container that may have accelerators, as patterns of `case`; which it has is for the reader to say. */
const mayHave = [
  ...accessGlobs.map((glob) => `*\\"${glob}`),
  ...accessFolders.map((folder) => `*\\"${folder}\\"*`),
  ...['\\"gpu\\"', '\\"Driver\\":\\"nvidia\\"', '\\"Driver\\":\\"cdi\\"'].map((text) => `*${text}*`),
  ...runtimes.map(({ name }) => `*\\"Runtime\\":\\"${name}*`),
].map((pattern) => (pattern.endsWith('*') ? pattern : `${pattern}*`))

// The cgroups name the running containers without a process. Whether these are all is told by the engine's own count,
// which another probe has asked for; a container may have a parent of its own. Beside a dead daemon the count is 0.
const findRunning = `ids= count=0 told=-
for id in /sys/fs/cgroup/docker/* /sys/fs/cgroup/system.slice/docker-*.scope \\
  /sys/fs/cgroup/devices/docker/* /sys/fs/cgroup/devices/system.slice/docker-*.scope; do
  id=\${id##*/}
  id=\${id#docker-}
  id=\${id%.scope}
  case $id in *[!0-9a-f]*) continue ;; esac
  [ \${#id} -ne 64 ] || ids="$ids $id" count=$((count + 1))
done
if [ -s "$answers/engine.running" ]; then
  read -r told <"$answers/engine.running"
elif [ -e "$answers/docker-info.out" ]; then
  until [ -s "$answers/docker-info.done" ]; do sleep 0.1 2>/dev/null || sleep 1; done
  read -r info <"$answers/docker-info.out"
  case $info in *'"ContainersRunning":'[0-9]*'"ContainersPaused":'[0-9]*'"ServerVersion":"'[!'"']*)
    running=\${info#*'"ContainersRunning":'} paused=\${info#*'"ContainersPaused":'}
    told=$((\${running%%[!0-9]*} + \${paused%%[!0-9]*})) ;;
  esac
fi
if [ "$told" != "$count" ]; then ids=$(docker ps -q --no-trunc) || exit 1; fi`

// A node is a device and no link: a link would be followed on the host's side. A name is the container's own text.
const listNodes = `nodes() {
  seen=0
  for node in ${accessGlobs.map((glob) => `"$1"${glob}`).join(' ')}; do
    [ -c "$node" ] && [ ! -L "$node" ] || continue
    case \${node##*/} in *[!A-Za-z0-9._-]*) continue ;; esac
    seen=$((seen + 1))
    [ $seen -le ${nodeLimit} ] || break
    echo "node \${node#"$1"}"
  done
}

# Is process $1 still of container $2? Sets procs to a list of the container's processes.
belongs() {
  procs= own=no
  while IFS=: read -r number kind path; do
    case $path in *"$2"*) ;; *) continue ;; esac
    own=yes
    [ ! -r "/sys/fs/cgroup/$kind$path/cgroup.procs" ] || procs=/sys/fs/cgroup/$kind$path/cgroup.procs
  done 2>/dev/null <"/proc/$1/cgroup"
  [ $own = yes ]
}`

// A client that was ended leaves its program running inside, as a child of the container's supervisor. Where it sleeps
// in the driver for ever, it is not joined by another at every look. A young one is at work for another console.
const askInside = `lingers() {
  read -r stat <"/proc/$1/stat" && read -r up rest </proc/uptime || return 1
  set -- \${stat##*") "}
  supervisor=$2
  while read -r one; do
    { read -r name <"/proc/$one/comm" && [ "$name" = nvidia-smi ] && read -r stat <"/proc/$one/stat"; } || continue
    set -- \${stat##*") "}
    [ "$2" != "$supervisor" ] || [ $((\${up%.*} - \${20} / 100)) -le ${askSeconds} ] || return 0
  done <"$procs"
  return 1
} 2>/dev/null

ask() {
  if lingers "$1"; then echo lingers; return; fi
  $bound docker exec "$2" nvidia-smi -L >"$3.said" 2>&1
  echo "said $?"
  head -c 16000 "$3.said" | sed 's/^/> /;${saidLimit}q'
  echo
}

# look PID ID FILE GIVEN
look() {
  printf 'container %s\\n' "$4"
  if belongs "$1" "$2" && [ -e "/proc/$1/root/dev/null" ] && [ ! -L "/proc/$1/root/dev" ]; then
    nodes "/proc/$1/root"
    belongs "$1" "$2" && echo nodes
  fi
  case \${4%%'"Name"'*} in *nvidia*|*'"gpu"'*) [ -z "$procs" ] || ask "$1" "$2" "$3" ;; esac
}`

const shell = `${needs('docker')}
mine=$answers/container-devices
${findRunning}
[ -n "$ids" ] || { echo end; exit 0; }
docker container inspect --format '${template}' $ids >"$mine.list" 2>"$mine.said" || {
  rest=$(grep -iv 'no such' "$mine.said")
  [ -z "$rest" ] || { printf '%s\\n' "$rest" >&2; exit 1; }
}
bound='timeout -k 1 ${askSeconds}'
$bound true >/dev/null 2>&1 || bound=
${listNodes}
${askInside}
count=0
set --
while read -r pid id given; do
  case $given in ${mayHave.join('|')}) ;; *) continue ;; esac
  count=$((count + 1))
  file=$mine.$count
  [ $count -le ${namedLimit} ] || { wait; printf 'more\\nend\\n'; exit 0; }
  set -- "$@" "$file"
  if [ $count -le ${lookedLimit} ]; then look "$pid" "$id" "$file" "$given" >"$file" 2>/dev/null &
  else printf 'container %s\\nmany\\n' "$given" >"$file"; fi
done <"$mine.list"
wait
echo host
nodes ''
[ $# -eq 0 ] || cat "$@"
echo end`

export const containerLookProbe: Probe = {
  id: 'container-devices',
  shell,
  deadlineSeconds: 12,
  when: 'has docker',
  group: engineGroup,
}
