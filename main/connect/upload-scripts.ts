// The three scripts of an upload: hold the part file, take one chunk, put the whole into place. All
// run as root. What is recorded was hashed on the appliance and synced before the record was written.
import { type Artifact, artifactFileName, chunkBytes } from '../../shared/domain/artifact.ts'
import type { Script } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteArtifacts, remoteRoot, remoteStaging } from '../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'

/** Blocks that stay in the processor's cache on their way from the pipe to the file: half as fast again as 1 MiB. */
const copyBytes = 256 * 1024

type UploadPaths = { readonly final: string; readonly part: string; readonly record: string }

function uploadPaths(sha256: string): UploadPaths {
  const name = artifactFileName(sha256)
  const staged = `${remoteStaging}/${name}`
  return { final: `${remoteArtifacts}/${name}`, part: `${staged}.part`, record: `${staged}.chunks` }
}

function setting(artifact: Artifact): string {
  const { final, part, record } = uploadPaths(artifact.sha256)
  return `umask 022
final=${quoteWord(final)} part=${quoteWord(part)} record=${quoteWord(record)} bytes=${artifact.bytes}
size() { stat -c %s "$1" 2>/dev/null || echo 0; }
present() { [ -f "$final" ] && [ "$(size "$final")" = "$bytes" ]; }
to_disk() { sync "$1" 2>/dev/null || sync; }
`
}

function beginHead(artifact: Artifact): string {
  const { sha256, bytes } = artifact
  const image = artifact.kind === 'image' ? { image: artifact.image } : {}
  return scriptHead({ block: 'put-begin', sha256, bytes, ...image })
}

/**
 * Prints "present", or "ready" and the recorded chunks up to "end"; then holds the part file's lock for
 * as long as its lease lives: a second upload of the same artifact says "waiting" and waits here. Taking the record's lock
 * for a moment waits for chunks of a dead console that are still being hashed.
 */
export function holdScript(artifact: Artifact): Script {
  const text = `${beginHead(artifact)}${setting(artifact)}
command -v flock >/dev/null 2>&1 || { echo 'flock is not installed' >&2; exit ${uploadExit.tools}; }
mkdir -p ${remoteRoot} ${remoteArtifacts} ${remoteStaging} && chmod 0700 ${remoteStaging} || exit ${uploadExit.folders}
if present; then echo present; exit 0; fi
exec 9>>"$part" || exit ${uploadExit.folders}
flock -n 9 || { echo waiting; flock 9; } || exit ${uploadExit.folders}
if present; then rm -f "$part" "$record"; echo present; exit 0; fi
exec 8>>"$record" && flock 8 && exec 8>&- || exit ${uploadExit.folders}
if [ "$(size "$part")" -gt "$bytes" ]; then : >"$part"; rm -f "$record"; fi
echo "ready $(size "$part")"
[ -z "$(tail -c 1 "$record")" ] || echo >>"$record"
cat "$record"
echo end
while :; do sleep 3600; done
`
  return { name: 'put: begin', text }
}

/**
 * Takes one chunk from its standard input. Once all bytes are there it no longer minds being asked to
 * end (the wrapper waits two seconds before it insists): a killed console does not lose that chunk.
 */
export function chunkScript(artifact: Artifact, index: number, expected: string): Script {
  const seek = (index * chunkBytes) / copyBytes
  const text = `${scriptHead({ block: 'put-chunk', sha256: artifact.sha256, index, expected })}${setting(artifact)}
exec 8>>"$record" && flock -s 8 || exit ${uploadExit.record}
dd of="$part" bs=${copyBytes} seek=${seek} conv=notrunc iflag=fullblock || exit ${uploadExit.write}
trap '' TERM
if command -v openssl >/dev/null 2>&1; then hash='openssl dgst -sha256 -r'; else hash=sha256sum; fi
got=$(dd if="$part" bs=${copyBytes} skip=${seek} count=${chunkBytes / copyBytes} 2>/dev/null | $hash)
got=\${got%% *}
[ "$got" = ${expected} ] || { echo "$got"; exit ${uploadExit.hash}; }
to_disk "$part"
echo '${recordLine(index, expected)}' >&8 || exit ${uploadExit.record}
`
  return { name: `put: chunk ${index}`, text }
}

/** Reads the expected record lines from standard input, sorted as sort does it. */
export function finishScript(artifact: Artifact): Script {
  const text = `${scriptHead({ block: 'put-finish', sha256: artifact.sha256 })}${setting(artifact)}
if ! present; then
  [ "$(size "$part")" = "$bytes" ] || exit ${uploadExit.incomplete}
  sort -u "$record" >"$record.sorted" || exit ${uploadExit.record}
  missing=$(sort -u | comm -13 "$record.sorted" - | head -n 1)
  rm -f "$record.sorted"
  [ -z "$missing" ] || { echo "$missing" >&2; exit ${uploadExit.incomplete}; }
  to_disk "$part"
  chmod 0644 "$part" && mv -f "$part" "$final" || exit ${uploadExit.write}
fi
rm -f "$record"
to_disk ${remoteArtifacts}
`
  return { name: 'put: finish', text }
}

export function recordLine(index: number, sha256: string): string {
  return `${index} ${sha256}`
}
