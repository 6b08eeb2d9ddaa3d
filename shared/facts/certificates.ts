// The certificates that lie on the appliance for its ways in: whose they are and when they end, as its own openssl reads
// them. What is in a key is not read.
import { type StoredCertificate, storedCertificate } from '../domain/certificate.ts'
import { evidence } from '../domain/failure.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import { remoteServices } from '../domain/remote-layout.ts'
import { listedLines, within } from './installed.ts'
import { type Answers, filesGroup, type Probe } from './probe.ts'

/** A line each: folder, sha256 of the file, whose it is, signal or "-", "end of the certificate|end of the authority's". */
const lines = `end_of() { openssl x509 -in "$1" -noout -enddate 2>/dev/null | sed 's/^notAfter=//'; }
for d in */tls-*; do
  [ -f "$d/server.crt" ] || continue
  now=$(sha256sum <"$d/server.crt" | cut -c 1-64)
  by=appliance
  [ "$(cat "$d/given" 2>/dev/null)" != "$now" ] || by=site
  signal=$(cat "\${d%/*}/read.\${d##*/}.signal" 2>/dev/null)
  printf '%s %s %s %s %s|%s\\n' "$d" "$now" "$by" "\${signal:--}" "$(end_of "$d/server.crt")" "$(end_of "$d/ca.crt")"
done`

export const certificatesProbe: Probe = {
  id: 'certificates',
  shell: within(remoteServices, lines),
  deadlineSeconds: 5,
  group: filesGroup,
}

/** One whose end cannot be read makes all unreadable: nobody would be told of it. */
export function readCertificates(answers: Answers): Reading<StoredCertificate[]> {
  const told = listedLines(answers, certificatesProbe.id)
  if (told.state !== 'known') return told
  const found: StoredCertificate[] = []
  for (const line of told.value) {
    const one = certificateIn(line)
    if (one === undefined) return unreadable(`certificates: ${evidence(line, 200)}`)
    found.push(one)
  }
  return known(found)
}

function certificateIn(line: string): StoredCertificate | undefined {
  const [, folder, sha256, by, signal, ends = '', authorityEnds = ''] =
    /^(\S{1,400}) ([0-9a-f]{64}) (appliance|site) (\S{1,10}) ([^|]{0,60})\|([^|]{0,60})$/.exec(line) ?? []
  const until = dateOf(ends)
  const authority = dateOf(authorityEnds)
  return storedCertificate.safeParse({
    ...{ path: `${remoteServices}/${folder}`, sha256, by, until },
    ...(signal !== '-' && { reload: signal }),
    authorityUntil: authority === undefined ? unreadable(evidence(authorityEnds, 60)) : known(authority),
  }).data
}

/** "Nov 28 04:49:12 2026 GMT", as openssl says it in every language. */
function dateOf(text: string): string | undefined {
  if (!/^[A-Z][a-z]{2} [ 0-9]?[0-9] \d{2}:\d{2}:\d{2} \d{4} GMT$/.test(text)) return undefined
  const at = Date.parse(text.replace(/ {2}/, ' '))
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
