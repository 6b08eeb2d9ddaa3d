// What an appliance keeps about what Rackside did there, asked by one script that only reads and read by a pure
// function. What lies there is hostile input, and bounded. A version or a baseline that cannot be read is one less to go
// back to or to compare with; any other line that is none of ours makes the answer unreadable, because whoever takes
// away must not do so by half a list.

import { imageIdentity } from '../domain/artifact.ts'
import { jsonIn } from '../domain/json-text.ts'
import { baseline, type Kept, keptFolder, keptVersion } from '../domain/kept.ts'
import { splitOnce } from '../domain/line-words.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import {
  deploymentLabel,
  remoteArtifacts,
  remoteBackups,
  remoteBaseline,
  remoteDataFiles,
  remoteImages,
  remoteMade,
  remoteModels,
  remoteRoot,
  remoteTasks,
  remoteVersions,
} from '../domain/remote-layout.ts'
import { scriptHead } from '../domain/script-head.ts'

export const keptBytes = 4 * 1024 * 1024

/** As root. Ends with the line "end", or broke off. */
export const keptScript = `${scriptHead({ block: 'kept' })}LC_ALL=C
[ -z "$(find ${remoteRoot} ! -type d ${remoteDataFiles.map((path) => `! -path '${path}'`).join(' ')} 2>/dev/null | head -n 1)" ] || echo there
[ -z "$(find ${remoteBackups} ! -type d 2>/dev/null | head -n 1)" ] || echo backups
line() { printf '%s ' "$1" && head -c 65536 "$2" | tr -d '\\n' && echo; }
for file in ${remoteImages}/*.json; do [ ! -f "$file" ] || line image "$file"; done
for file in ${remoteVersions}/*/*.json; do [ ! -f "$file" ] || line version "$file"; done
{ (cd ${remoteModels} 2>/dev/null && ls -d sha256-*) 2>/dev/null
  grep -ohE '${remoteModels}/sha256-[0-9a-f]{64}' ${remoteVersions}/*/*.json 2>/dev/null | sed 's|.*/||'
} | grep -xE 'sha256-[0-9a-f]{64}' | sort -u | while read -r folder; do
  list=${remoteArtifacts}/$folder
  [ -f "$list" ] || list=/dev/null
  is=gone
  [ ! -d ${remoteModels}/"$folder" ] || is=there
  printf 'folder %s %s %s\\n' "\${folder#sha256-}" $is "$(head -c 1048576 "$list" | sed -n 's/^\\([0-9a-f]\\{64\\}\\)  .*/\\1/p' | tr '\\n' ' ')"
done
[ ! -f ${remoteBaseline} ] || line baseline ${remoteBaseline}
if command -v docker >/dev/null; then
  ids=$(docker ps --all --quiet --no-trunc) || exit 1
  [ -z "$ids" ] || docker inspect --format '{{if not (index .Config.Labels "${deploymentLabel}")}}uses {{.Image}} {{.State.Running}} {{or .HostConfig.Runtime "-"}} {{if .HostConfig.DeviceRequests}}gpus{{else}}-{{end}} {{.Name}}{{end}}' $ids 2>/dev/null | grep '^uses'
  # An image under several names: somebody gave it one of them, and without force the engine keeps it.
  before= held=
  docker images --no-trunc --format '{{.ID}} {{.Repository}}:{{.Tag}}' | sort | while read -r id tag; do
    if [ "$id" != "$before" ]; then held=$tag
    else
      [ -z "$held" ] || echo "tagged $id $held"
      held=
      echo "tagged $id $tag"
    fi
    before=$id
  done
  [ -z "$ids" ] || docker inspect --format '{{range .Mounts}}{{println "holds" .Source}}{{end}}' $ids 2>/dev/null | grep '^holds ${remoteRoot}'
fi
grep -ohE '[0-9a-f]{64}' ${remoteMade}/*.json ${remoteTasks}/*/*.step 2>/dev/null | sort -u | sed 's/^/holds /'
settings=/etc/docker/daemon.json
if [ ! -e $settings ]; then echo settings none
else echo "settings $(sha256sum <$settings | cut -c1-64)"
fi
echo end
`

/** `output`: of the script, all of it. */
export function readKept(output: string): Reading<Kept> {
  const lines = output.split('\n').filter((line) => line !== '')
  if (lines.pop() !== 'end') return unreadable('what is kept: the answer broke off')
  const found: Kept = {
    there: false,
    backups: false,
    versions: [],
    images: [],
    folders: [],
    strangers: [],
    tags: [],
    held: [],
    engineSettings: absent,
  }
  for (const line of lines) if (!takeLine(line, found)) return unreadable(`what is kept: ${line.slice(0, 150)}`)
  found.versions.sort((a, b) => (a.keptAt < b.keptAt ? 1 : -1))
  return known(found)
}

function takeLine(line: string, found: Kept): boolean {
  const [word, rest = ''] = splitOnce(line)
  const before = found.images.length
  if (word === 'there') found.there = true
  else if (word === 'backups') found.backups = true
  else if (word === 'image') return found.images.push(...listed(imageIdentity.safeParse(jsonIn(rest)).data)) > before
  else if (word === 'version') takeVersion(rest, found)
  else if (word === 'folder') return takeFolder(rest, found)
  else if (word === 'baseline') Object.assign(found, { baseline: baseline.safeParse(jsonIn(rest)).data })
  else if (word === 'holds') takeHeld(rest, found)
  else if (word === 'settings') found.engineSettings = rest === 'none' ? absent : known(rest.slice(0, 64))
  else if (word === 'uses') {
    const [imageId = '', running, runtime = '', gpus, ...name] = rest.split(' ')
    const named = name.join(' ').replace(/^\//, '').slice(0, 200)
    found.strangers.push({
      ...{ imageId: imageId.slice(0, 100), name: named, running: running === 'true' },
      ...{ runtime: runtime.slice(0, 100), gpus: gpus === 'gpus' },
    })
  } else if (word === 'tagged') {
    const [imageId, name = ''] = splitOnce(rest)
    found.tags.push({ imageId: imageId.slice(0, 100), name: name.slice(0, 200) })
  } else return false
  return true
}

/** One of another console's making may be one to go back to for that console: what it is made of stays. */
function takeVersion(text: string, { versions, held }: Kept): void {
  const version = keptVersion.safeParse(jsonIn(text)).data
  if (version === undefined) held.push(...digestsIn(text))
  else versions.push(version)
}

function takeFolder(text: string, { folders }: Kept): boolean {
  const [sha256, is, ...files] = text.trim().split(' ')
  const folder = keptFolder.safeParse({ sha256, there: is === 'there', files: [...new Set(files)] }).data
  return folder !== undefined && folders.push(folder) > 0
}

/** A path that is mounted, or the digest of a file. Who mounts the folder itself may use all that is in it. */
function takeHeld(text: string, { held }: Kept): void {
  if ([remoteArtifacts, remoteModels, remoteRoot].includes(text)) held.push('everything')
  else held.push(...digestsIn(text))
}

function digestsIn(text: string): string[] {
  return text.match(/[0-9a-f]{64}/g) ?? []
}

function listed<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value]
}
