// Step kind: a service has a certificate for the addresses where people reach it, from an authority that the appliance
// made for itself and that can speak for these addresses only. Its key never leaves the appliance; people get ca.crt.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import { known, type Reading } from '../domain/reading.ts'
import { remoteSecrets } from '../domain/remote-layout.ts'
import { certificateFolder } from '../domain/service-file.ts'
import type { Asked } from './asked.ts'
import { containerName } from './container-run.ts'
import { hostAct } from './host-act.ts'
import { answerTo, firstOf, linesOf, notUnderstood } from './host-answer.ts'
import { truthOf } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'certificate'>

/** Browsers take no certificate of more than 825 days, whoever signed it. */
const validDays = 800
/** A certificate that ends sooner is made anew by the next run. */
const renewSeconds = 60 * 24 * 3600
const authorityDays = 3650

function addressesOf({ addresses }: Spec): string {
  return [...addresses].sort().join(' ')
}

function question(spec: Spec): string {
  return `d=${quoteWord(certificateFolder(spec.deployment))}
if [ ! -e "$d/server.crt" ]; then echo 'is nothing'
elif [ "$(cat "$d/addresses" 2>/dev/null)" = ${quoteWord(addressesOf(spec))} ] && [ -f "$d/server.key" ] && [ -f "$d/ca.crt" ] &&
  openssl x509 -in "$d/server.crt" -noout -checkend ${renewSeconds} >/dev/null 2>&1 &&
  openssl verify -CAfile "$d/ca.crt" "$d/server.crt" >/dev/null 2>&1; then echo 'is wanted'
else echo 'is other'
fi`
}

const looks = ['nothing', 'other', 'wanted'] as const

function lookAt(spec: Spec, facts: Asked): Reading<(typeof looks)[number]> {
  const answer = answerTo(question(spec), facts)
  if (answer.state !== 'known') return answer
  const is = firstOf(linesOf(answer.value), 'is')
  const value = looks.find((one) => one === is)
  return value === undefined ? notUnderstood(answer.value) : known(value)
}

/**
 * $1 folder, $2 folder of the authority's key, $3 container, $4 signal or nothing, $5 all addresses, then each. An
 * authority for other addresses is another one; whoever trusts it trusts it for these only (RFC 5280, 4.2.1.10).
 */
const make = `command -v openssl >/dev/null || { echo 'openssl is not installed' >&2; exit 1; }
folder=$1 keys=$2 container=$3 signal=$4 all=$5
shift 5
umask 077
mkdir -p -- "$folder" "$keys" && chmod 0755 -- "$folder" || exit 1
work=$(mktemp -d "$keys/.new.XXXXXXXX") || exit 1
trap 'rm -rf -- "$work"' EXIT
names= permitted=
for address; do
  case $address in *:*) mask=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ;; *) mask=255.255.255.255 ;; esac
  names="$names\${names:+,}IP:$address"
  permitted="$permitted\${permitted:+,}permitted;IP:$address/$mask"
done
cat >"$work/settings" <<SETTINGS
[req]
distinguished_name = name
prompt = no
[name]
O = Rackside
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
nameConstraints = critical,$permitted
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = $names
SETTINGS
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"; }
(
  if [ ! -f "$keys/ca.key" ] || [ ! -f "$folder/ca.crt" ] || [ "$(cat "$folder/addresses" 2>/dev/null)" != "$all" ]; then
    rm -f -- "$folder/server.crt" "$folder/addresses"
    key "$work/ca.key" && openssl req -x509 -new -key "$work/ca.key" -sha256 -days ${authorityDays} -subj "/O=Rackside/CN=Rackside authority of $1" -config "$work/settings" \\
      -extensions authority -out "$work/ca.crt" && mv -f -- "$work/ca.key" "$keys/ca.key" &&
      chmod 0444 -- "$work/ca.crt" && mv -f -- "$work/ca.crt" "$folder/ca.crt" || exit 1
  fi
  key "$work/server.key" && openssl req -new -key "$work/server.key" -subj "/O=Rackside/CN=$1" -config "$work/settings" -out "$work/request" &&
    openssl x509 -req -in "$work/request" -CA "$folder/ca.crt" -CAkey "$keys/ca.key" -set_serial "0x$(openssl rand -hex 16)" \\
      -sha256 -days ${validDays} -extfile "$work/settings" -extensions server -out "$work/server.crt" || exit 1
) >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
chmod 0444 -- "$work/server.key" "$work/server.crt" || exit 1
mv -f -- "$work/server.key" "$folder/server.key" && mv -f -- "$work/server.crt" "$folder/server.crt" || exit 1
printf '%s' "$all" >"$folder/addresses"
[ -n "$signal" ] || exit 0
[ "$(docker inspect --format '{{.State.Running}}' "$container" 2>/dev/null)" != true ] || docker kill --signal "$signal" "$container" >/dev/null`

export const certificateStep: StepKind<'certificate'> = {
  kind: 'certificate',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue: (spec, facts) =>
    truthOf(
      lookAt(spec, facts),
      (is) => is !== 'nothing',
      (is) => is === 'wanted',
    ),
  commands(spec) {
    const { deployment, addresses, reload = '' } = spec
    const keys = `${remoteSecrets}/${deployment}`
    const words = [certificateFolder(deployment), keys, containerName(deployment), reload, addressesOf(spec)]
    return [hostAct('certificate', make, ...words, ...addresses)]
  },
  // What was there goes on to serve, or there was nothing.
  undo: () => [],
}
