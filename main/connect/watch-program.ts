// The watch helper: one root-owned file on an appliance with two fixed verbs, for a login that may watch and nothing
// else. The lease is held inside it, because its caller cannot end what runs as root. What comes on its input is a
// version and two random words, checked against a pattern and never evaluated; then heartbeats.
import { quoteWord } from '../../shared/domain/quote.ts'
import { readScriptHead } from '../../shared/domain/script-head.ts'
import { defaultSilenceSeconds, type Lease, leaseBody } from './lease.ts'

export const watchHelperPath = '/usr/local/sbin/rackside-watch'
export const watchSudoersPath = '/etc/sudoers.d/rackside-watch'

export type WatchVerb = 'facts' | 'sample'

/** Which scripts it carries out, each made with this nonce. */
export type WatchWork = { readonly nonce: string } & { readonly [verb in WatchVerb]: string }

export type WatchHelper = WatchWork & {
  readonly version: string
  readonly text: string
  /** Versions that answer the same two verbs in the same frames: one that is installed goes on being read. */
  readonly earlier: readonly string[]
}

/** How it ends when it was asked for what it does not do, a word of another version above all. */
export const watchRefusedExitCode = 91

/** `digest` gives hex of at least 16 digits. The version is of everything in it but the version. */
export function makeWatchHelper(
  work: WatchWork,
  digest: (text: string) => string,
  earlier: readonly string[] = [],
): WatchHelper {
  const version = digest(helperText(work, '')).slice(0, 16)
  return { ...work, version, text: helperText(work, version), earlier }
}

/** In sudoers: these two and no further argument. Root is who it runs as, and the environment is sudo's own. */
export function watchSudoers(user: string): string {
  return `# Rackside, watch only: ${user} may run these two fixed verbs as root, and nothing else.
${user} ALL=(root) NOPASSWD: ${watchHelperPath} facts, ${watchHelperPath} sample
`
}

/** A login name that sudoers could read as something else (ALL, an alias, a group) is none. */
export function isWatchUser(user: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(user) && !/^[A-Z][A-Z0-9_]*$/.test(user) && user !== 'root'
}

export function watchLine(verb: WatchVerb, user: string): string {
  return user === 'root' ? `exec ${watchHelperPath} ${verb}` : `exec env LC_ALL=C sudo -n -- ${watchHelperPath} ${verb}`
}

/** The version that is installed, where it refused because another one was asked for and this console reads it too. */
export function installedVersion({ earlier }: WatchHelper, refusal: string): string | undefined {
  const [, version] = /this is version ([0-9a-f]{16}), /.exec(refusal) ?? []
  return earlier.find((one) => one === version)
}

/** The first line of its input. `nonce`: of the script that is asked for. */
export function watchOpening(version: string, { marker }: Lease, nonce: string): Uint8Array {
  return new TextEncoder().encode(`${version} ${marker.split(' ').at(-1)} ${nonce}\n`)
}

/** Which verb a script is, and with which nonce it was made; undefined for every other script. */
export function watchVerb(helper: WatchHelper, text: string): { verb: WatchVerb; nonce: string } | undefined {
  const head = readScriptHead(text)
  if (head?.block !== 'facts' && head?.block !== 'sampler') return undefined
  const { nonce } = head
  const asked = text.replaceAll(nonce, helper.nonce)
  const verb = (['facts', 'sample'] as const).find((one) => helper[one] === asked)
  return verb === undefined ? undefined : { verb, nonce }
}

/** The script with the nonce that the helper was given in the place of the one it was made with. */
function withGivenNonce(text: string, nonce: string): string {
  const assignment = `nonce=${nonce} `
  if (text.split(assignment).length !== 2) throw new Error('a script of the watch helper sets its nonce once')
  return text.replace(assignment, 'nonce=$rackside_nonce ')
}

function helperText({ nonce, facts, sample }: WatchWork, version: string): string {
  const none = { kind: 'none' } as const
  return `#!/bin/sh
# rackside-watch ${version}
# Made by Rackside. It answers what this server is ("facts") and how busy it is ("sample"), as root, and changes
# nothing. ${watchSudoersPath} says who may run it. It ends with its input, or after ${defaultSilenceSeconds} s without a sign of life.
unset IFS ENV BASH_ENV CDPATH TMPDIR XDG_RUNTIME_DIR
PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C
export PATH HOME LC_ALL
umask 077
cd / || exit ${watchRefusedExitCode}
rackside_refuse() { echo "rackside-watch: $1" >&2; exit ${watchRefusedExitCode}; }
case $#:$1 in 1:facts | 1:sample) ;; *) rackside_refuse 'one verb: facts or sample' ;; esac
rackside_word() {
  case $1 in *[!A-Za-z0-9-]*) return 1 ;; esac
  [ "\${#1}" -ge 16 ] && [ "\${#1}" -le 64 ]
}
rackside_version='' rackside_mark='' rackside_nonce='' rackside_more=''
read -r rackside_version rackside_mark rackside_nonce rackside_more
[ "$rackside_version" = '${version}' ] || rackside_refuse 'this is version ${version}, another one was asked for'
rackside_word "$rackside_mark" && rackside_word "$rackside_nonce" && [ -z "$rackside_more" ] ||
  rackside_refuse 'these are no words of a console'
case $rackside_nonce in *-*) rackside_refuse 'these are no words of a console' ;; esac
case $1 in
facts) rackside_text=${quoteWord(withGivenNonce(facts, nonce))} ;;
sample) rackside_text=${quoteWord(withGivenNonce(sample, nonce))} ;;
esac
rackside_marker="rackside-start $rackside_mark"
${leaseBody(none, defaultSilenceSeconds)}`
}
