// The three scripts of an upload: hold the part file and take bytes, take bytes beside that, put the whole into place.
// All run as root. The bytes go from the lease straight into the part file; a script hears of them afterwards.
// What is noted as arrived was synced before, and what is recorded was hashed on the appliance. Chunks say that bytes are
// what one publisher signed, not that they are what their name says: of several, the whole is read and hashed once more
// before it gets its name, or one publisher's bytes could lie there as another one's.
import { type Artifact, artifactFileName, chunkBytes } from '../../shared/domain/artifact.ts'
import type { Script } from '../../shared/domain/command.ts'
import { quoteWord } from '../../shared/domain/quote.ts'
import { remoteArtifacts, remoteChecked, remoteRoot, remoteStaging } from '../../shared/domain/remote-layout.ts'
import { uploadExit } from '../../shared/domain/script-exits.ts'
import { scriptHead } from '../../shared/domain/script-head.ts'

/** Blocks that stay in the processor's cache on their way from the file to the hash. */
const hashedBytes = 256 * 1024
/** What arrived longer ago than this many notes has been checked since. */
const notesRead = 2000

type UploadPaths = {
  readonly final: string
  readonly checked: string
  readonly part: string
  readonly record: string
  readonly notes: string
}

function uploadPaths(sha256: string): UploadPaths {
  const name = artifactFileName(sha256)
  const staged = `${remoteStaging}/${name}`
  return {
    final: `${remoteArtifacts}/${name}`,
    checked: `${remoteChecked}/${name}`,
    part: `${staged}.part`,
    record: `${staged}.chunks`,
    notes: `${staged}.arrived`,
  }
}

/** Where the lease puts an artifact's bytes. */
export function partFile({ sha256 }: Artifact): string {
  return uploadPaths(sha256).part
}

/** A `sync` that takes no file syncs everything; one that takes files and fails has lost bytes. */
function setting(artifact: Artifact): string {
  const { final, checked, part, record, notes } = uploadPaths(artifact.sha256)
  return `umask 022
final=${quoteWord(final)} checked=${quoteWord(checked)} part=${quoteWord(part)} record=${quoteWord(record)} notes=${quoteWord(notes)}
bytes=${artifact.bytes}
size() { stat -c %s "$1" 2>/dev/null || echo 0; }
there() { [ -f "$final" ] && [ "$(size "$final")" = "$bytes" ]; }
present() { there && [ -f "$checked" ]; }
if sync / 2>/dev/null; then to_disk() { sync "$@"; }; else to_disk() { sync; }; fi
`
}

/**
 * A sha256sum that hashes with OpenSSL takes a pipe with a quarter less work than openssl itself; one that does not is
 * four times slower.
 */
const fastHash = `hash=sha256sum
if ! grep -q libcrypto "$(command -v sha256sum)" 2>/dev/null && command -v openssl >/dev/null 2>&1; then
  hash='openssl dgst -sha256 -r'
fi`

function beginHead(artifact: Artifact): string {
  const { sha256, bytes } = artifact
  const image = artifact.kind === 'image' ? { image: artifact.image } : {}
  return scriptHead({ block: 'put-begin', sha256, bytes, ...image })
}

/**
 * Prints "present", after "checking" where it lay there unchecked, or "ready", the recorded chunks and the newest notes up to "end"; then it takes bytes and holds
 * the part file's lock for as long as its lease lives: a second upload of the same artifact says "waiting" and waits
 * here. Taking the record's lock for a moment waits for what a dead console has left, which ends with its lease.
 */
export function beginScript(artifact: Artifact): Script {
  const text = `${beginHead(artifact)}${setting(artifact)}
command -v flock >/dev/null 2>&1 || { echo 'flock is not installed' >&2; exit ${uploadExit.tools}; }
mkdir -p ${remoteRoot} ${remoteArtifacts} ${remoteChecked} ${remoteStaging} && chmod 0700 ${remoteStaging} || exit ${uploadExit.folders}
if present; then echo present; exit 0; fi
exec 9>>"$part" || exit ${uploadExit.folders}
flock -n 9 || { echo waiting; flock 9; } || exit ${uploadExit.folders}
if present; then rm -f "$part" "$record" "$notes"; echo present; exit 0; fi
${checkOnce(artifact)}
exec 8>>"$record" 7>>"$notes" && flock 8 && flock -s 8 || exit ${uploadExit.folders}
if [ "$(size "$part")" -gt "$bytes" ]; then : >"$part"; : >"$record"; : >"$notes"; fi
echo "ready $(size "$part")"
for lines in "$record" "$notes"; do
  [ -z "$(tail -c 1 "$lines")" ] || echo >>"$lines"
done
cat "$record"
tail -n ${notesRead} "$notes"
echo end
${taking}`
  return { name: 'put: begin', text }
}

/** Takes bytes on a further connection, for as long as the first one holds the part file. */
export function laneScript(artifact: Artifact): Script {
  const text = `${scriptHead({ block: 'put-lane', sha256: artifact.sha256 })}${setting(artifact)}
exec 8>>"$record" 7>>"$notes" && flock -s 8 || exit ${uploadExit.record}
${taking}`
  return { name: 'put: lane', text }
}

/**
 * Answers each line that comes: of the lease, what arrived or why nothing more can; of the console, what to check. What
 * arrives is not kept waiting for a hash, nor for an answer the console for the next bytes.
 */
const taking = `${fastHash}
check() {
  skip=$(($1 * ${chunkBytes / hashedBytes}))
  got=$(dd if="$part" bs=${hashedBytes} skip="$skip" count=${chunkBytes / hashedBytes} 2>/dev/null | $hash)
  got=\${got%% *}
  if [ "$got" = "$2" ]; then echo "$1 $2" >&8 && echo "right $1"
  else echo "- $1" >&7 && echo "wrong $1 $got"; fi
}
while IFS=' ' read -r what first second; do
  case $what in
  arrived)
    to_disk "$part" "$notes" "$record" || exit ${uploadExit.write}
    echo "+ $first $second" >&7 || exit ${uploadExit.record}
    echo "arrived $first $second" ;;
  check) { check "$first" "$second" || kill -TERM 0; } & ;;
  failed)
    echo "$first $second" >&2
    exit ${uploadExit.write} ;;
  esac
done
`

/** Reads the expected record lines from standard input, sorted as sort does it. */
export function finishScript(artifact: Artifact): Script {
  const text = `${scriptHead({ block: 'put-finish', sha256: artifact.sha256 })}${setting(artifact)}
if ! present; then
  [ "$(size "$part")" = "$bytes" ] || exit ${uploadExit.incomplete}
  sort -u "$record" >"$record.sorted" || exit ${uploadExit.record}
  missing=$(sort -u | comm -13 "$record.sorted" - | head -n 1)
  rm -f "$record.sorted"
  [ -z "$missing" ] || { echo "$missing" >&2; exit ${uploadExit.incomplete}; }
${isSeveral(artifact) ? wholeText(artifact) : ''}  to_disk "$part" || exit ${uploadExit.write}
  chmod 0644 "$part" && mv -f "$part" "$final" && : >"$checked" || exit ${uploadExit.write}
fi
rm -f "$record" "$notes"
to_disk ${remoteArtifacts} ${remoteChecked}
`
  return { name: 'put: finish', text }
}

/**
 * A file that was put there before wholes were hashed, or by hand, is hashed now; another one than its name says goes.
 * Whoever has that mounted keeps it until he is started anew.
 */
function checkOnce({ sha256 }: Artifact): string {
  return `for one in ${remoteChecked}/*; do [ -e "${remoteArtifacts}/\${one##*/}" ] || rm -f "$one"; done
if there; then
  echo checking
  ${fastHash.replaceAll('\n', '\n  ')}
  got=$($hash <"$final") || exit ${uploadExit.folders}
  if [ "\${got%% *}" = ${sha256} ]; then
    : >"$checked" && to_disk ${remoteChecked} || exit ${uploadExit.folders}
    rm -f "$part" "$record" "$notes"
    echo present
    exit 0
  fi
  rm -f "$final"
fi`
}

/** The hash of an only chunk is the file's: shared/domain/artifact.ts allows no other. */
function isSeveral({ chunks }: Artifact): boolean {
  return chunks.length > 1
}

/** Measured with OpenSSL and SHA instructions 1.4 GB/s, with coreutils' own code 0.5 GB/s: 7 to 20 s of 10 GB. */
function wholeText({ sha256 }: Artifact): string {
  return `  ${fastHash.replaceAll('\n', '\n  ')}
  got=$($hash <"$part") || exit ${uploadExit.write}
  if [ "\${got%% *}" != ${sha256} ]; then
    rm -f "$part" "$record" "$notes"
    echo "\${got%% *}" >&2
    exit ${uploadExit.other}
  fi
`
}

export function recordLine(index: number, sha256: string): string {
  return `${index} ${sha256}`
}
