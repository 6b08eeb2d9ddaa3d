// Step kind: a service has a certificate for the address where people reach it, from an authority that the appliance
// made for itself and that can speak for that address only. Its key never leaves the appliance; people get ca.crt.
import type { StepSpecOf } from '../domain/plan.ts'
import { quoteWord } from '../domain/quote.ts'
import type { Reading } from '../domain/reading.ts'
import { remoteSecrets } from '../domain/remote-layout.ts'
import { certificateFolder } from '../domain/service-file.ts'
import type { Asked } from './asked.ts'
import { containerName, isRunningShell } from './container-run.ts'
import { hostAct } from './host-act.ts'
import { answerTo, wordOf } from './host-answer.ts'
import { truthOfWord } from './host-truth.ts'
import type { StepKind } from './step-kind.ts'

type Spec = StepSpecOf<'certificate'>

/** Apple's systems take no certificate of more than 825 days, whoever signed it. */
const validDays = 800
const daySeconds = 24 * 3600
/** With less than a third of its time left it is renewed by the next run. */
const renewSeconds = Math.round((validDays * daySeconds) / 3)
/** Where that takes another authority, which people's devices do not know, it waits so long. */
const lastRenewSeconds = 60 * daySeconds
const authorityDays = 3650
/** A service that was told takes the new one within this, or the one before comes back. */
const servedSeconds = 15

function placeOf({ deployment, ...at }: Pick<Spec, 'deployment' | 'address' | 'name'>) {
  const folder = certificateFolder(deployment, at)
  const name = folder.slice(folder.lastIndexOf('/') + 1)
  return { folder, key: `${remoteSecrets}/${deployment}/${name}.key`, mark: `${folder}/../read.${name}` }
}

/** $1 key, $2 certificate: whether they belong together. */
const pairShell =
  'pair() { [ "$(openssl pkey -in "$1" -pubout 2>/dev/null)" = "$(openssl x509 -in "$2" -noout -pubkey 2>/dev/null)" ] && [ -s "$1" ]; }'

/** $1 certificate of an authority: whether it goes on for long enough to speak for another one. */
const authorityShell = `lives() { openssl verify -CAfile "$1" "$1" >/dev/null 2>&1 && openssl x509 -in "$1" -noout -checkend ${lastRenewSeconds} >/dev/null 2>&1; }`

/**
 * `due`: it is well, and the same authority makes another one. One of the site's own is never made anew while it is valid,
 * also where nobody noted that its service has read it.
 */
function question(spec: Spec): string {
  const { folder, mark, key } = placeOf(spec)
  const { replaces = 'none' } = spec
  return `d=${quoteWord(folder)}
${pairShell}
${authorityShell}
now=$(sha256sum <"$d/server.crt" 2>/dev/null | cut -c 1-64)
lasts() { openssl x509 -in "$d/server.crt" -noout -checkend "$1" >/dev/null 2>&1; }
# That it has ended is no reason for another authority.
verified() { openssl verify -no_check_time -CAfile "$d/ca.crt" "$@" "$d/server.crt" >/dev/null 2>&1; }
is_read() { pair "$d/server.key" "$d/server.crt" && [ "$(cat ${quoteWord(mark)} 2>/dev/null)" = "$now" ]; }
if [ ! -e "$d/server.crt" ]; then echo 'is nothing'
elif [ "$(cat "$d/given" 2>/dev/null)" = "$now" ] && lasts 0 && pair "$d/server.key" "$d/server.crt"; then
  echo 'is wanted'
elif is_read && verified -verify_ip ${quoteWord(spec.address)}${hasName(spec)}; then
  if ! lives "$d/ca.crt"; then echo 'is other'
  elif [ "$now" != ${replaces} ] && lasts ${renewSeconds}; then echo 'is wanted'
  elif pair ${quoteWord(key)} "$d/ca.crt"; then echo 'is due'
  elif [ "$now" != ${replaces} ] && lasts ${lastRenewSeconds}; then echo 'is wanted'
  else echo 'is other'
  fi
else echo 'is other'
fi`
}

function hasName({ name }: Spec): string {
  return name === undefined ? '' : ` && verified -verify_hostname ${quoteWord(name)}`
}

const looks = ['nothing', 'other', 'due', 'wanted'] as const

function lookAt(spec: Spec, facts: Asked): Reading<(typeof looks)[number]> {
  return wordOf(answerTo(question(spec), facts), looks)
}

/**
 * Before anything in $folder is touched: what is there is put aside in $work. `is_served`: a container that has this folder
 * is asked for its certificate where people reach it, until that is the new one.
 */
const before = `mkdir -- "$work/was" || exit 1
ran=
! is_running "$container" || ran=yes
for each in server.key server.crt given ca.crt; do
  [ ! -e "$folder/$each" ] || cp -p -- "$folder/$each" "$work/was/$each" || exit 1
done
[ ! -e "\${authority:-}" ] || cp -p -- "$authority" "$work/was/authority" || exit 1
# With the authority that it is of.
put_back() {
  [ -e "$work/was/server.crt" ] || return 0
  [ ! -e "$work/was/authority" ] || mv -f -- "$work/was/authority" "$authority"
  for each in server.key server.crt given ca.crt; do
    if [ -e "$work/was/$each" ]; then mv -f -- "$work/was/$each" "$folder/$each"; else rm -f -- "$folder/$each"; fi
  done
}
has_folder() {
  case " $(docker inspect --format '{{range .Mounts}}{{.Source}} {{end}}' "$container" 2>/dev/null) " in *" $folder "*) ;; *) return 1 ;; esac
}
finger() { openssl x509 -noout -fingerprint -sha256 2>/dev/null; }
is_served() {
  has_folder || return 0
  place=$(docker port "$container" 2>/dev/null | sed -n 's/^.* -> //p' | grep -v -e '^127\\.' -e '^\\[::1\\]' | head -n 1)
  [ -n "$place" ] || return 0
  wanted=$(finger <"$folder/server.crt") over=$(($(date +%s) + ${servedSeconds}))
  while :; do
    [ "$(timeout 5 openssl s_client -connect "$place" </dev/null 2>/dev/null | finger)" != "$wanted" ] || return 0
    [ "$(date +%s)" -lt "$over" ] || return 1
    sleep 1
  done
}
# What has no signal for it reads its files when it starts.
tell() {
  is_running "$container" || return 0
  if [ -n "$signal" ]; then docker kill --signal "$signal" "$container" >/dev/null
  elif [ -n "\${again:-}" ] || has_folder; then docker restart "$container" >/dev/null
  fi
}`

/** What is new in $work becomes what is served: nobody is told before both are there. What is not taken goes again. */
const serve = `sync && { [ ! -e "$work/ca.crt" ] || { mv -f -- "$work/ca.key" "$authority" && mv -f -- "$work/ca.crt" "$folder/ca.crt"; }; } &&
  mv -f -- "$work/server.key" "$folder/server.key" && mv -f -- "$work/server.crt" "$folder/server.crt" || { put_back; exit 1; }
tell || { put_back; docker start "$container" >/dev/null 2>&1; exit 1; }
if [ -n "$ran" ] && ! { is_running "$container" && is_served; }; then
  put_back
  tell
  is_running "$container" || docker start "$container" >/dev/null 2>&1
  echo 'the service went on with the certificate that it had: that one is back' >&2
  exit 1
fi
sha256sum <"$folder/server.crt" | cut -c 1-64 >"$mark"`

/**
 * $1 folder, $2 key of the authority, $3 address, $4 mark of what was read, $5 container, $6 signal or nothing, $7 name or
 * nothing. An authority that ends soon, or lost its key, is made anew. Whoever trusts it trusts it for this address
 * and name only: without a name it may speak for one that nobody has, because a kind of name without a limit has none (RFC
 * 5280, 4.2.1.10; RFC 2606 for the name).
 */
const make = `command -v openssl >/dev/null || { echo 'openssl is not installed' >&2; exit 1; }
${pairShell}
${authorityShell}
${isRunningShell}
folder=$1 authority=$2 address=$3 mark=$4 container=$5 signal=$6 name=$7
umask 077
mkdir -p -- "$folder" "\${authority%/*}" && chmod 0755 -- "$folder" || exit 1
work=$(mktemp -d "$folder/../.new.XXXXXXXX") || exit 1
trap 'rm -rf -- "$work"' EXIT
${before}
case $address in *:*) mask=ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ;; *) mask=255.255.255.255 ;; esac
cat >"$work/settings" <<SETTINGS
[req]
distinguished_name = name
prompt = no
[name]
O = Rackside
[authority]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
nameConstraints = critical,permitted;IP:$address/$mask,permitted;DNS:\${name:-rackside.invalid}
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = IP:$address\${name:+,DNS:$name}
SETTINGS
key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:named_curve -out "$1"; }
(
  ca=$folder/ca.crt ca_key=$authority
  if ! lives "$ca" || ! pair "$authority" "$ca"; then
    ca=$work/ca.crt ca_key=$work/ca.key
    key "$ca_key" && openssl req -x509 -new -key "$ca_key" -sha256 -days ${authorityDays} -subj "/O=Rackside/CN=Rackside authority of $address" \\
      -config "$work/settings" -extensions authority -out "$ca" && chmod 0444 -- "$ca" || exit 1
  fi
  key "$work/server.key" && openssl req -new -key "$work/server.key" -subj "/O=Rackside/CN=Rackside at $address" -config "$work/settings" -out "$work/request" &&
    openssl x509 -req -in "$work/request" -CA "$ca" -CAkey "$ca_key" -set_serial "0x$(openssl rand -hex 16)" \\
      -sha256 -days ${validDays} -extfile "$work/settings" -extensions server -out "$work/server.crt" &&
    chmod 0444 -- "$work/server.key" "$work/server.crt"
) >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
rm -f -- "$folder/given"
printf %s "$signal" >"$mark.signal"
${serve}`

/**
 * Puts a certificate of the site's own in its place. $1 folder, $2 mark of what was read, $3 container, $4 the certificate
 * and those between it and its authority; its key comes by standard input. It counts as given from then on.
 */
const give = `command -v openssl >/dev/null || { echo 'openssl is not installed' >&2; exit 1; }
${pairShell}
${isRunningShell}
folder=$1 mark=$2 container=$3
[ -d "$folder" ] || exit 1
# What was made before that was noted is told of by starting anew.
signal=$(cat "$mark.signal" 2>/dev/null) || again=yes
umask 077
work=$(mktemp -d "$folder/../.new.XXXXXXXX") || exit 1
trap 'rm -rf -- "$work"' EXIT
${before}
cat >"$work/server.key" && printf %s "$4" >"$work/server.crt" || exit 1
pair "$work/server.key" "$work/server.crt" || { echo 'the key and the certificate that arrived do not belong together' >&2; exit 1; }
chmod 0444 -- "$work/server.key" "$work/server.crt" || exit 1
sha256sum <"$work/server.crt" | cut -c 1-64 >"$work/given" && chmod 0444 -- "$work/given" && mv -f -- "$work/given" "$folder/given" || exit 1
${serve}`

/** What a shell of root reads, which gets the key by standard input. */
export function giveCertificate(deployment: string, at: Pick<Spec, 'address' | 'name'>, chain: string): string {
  const { folder, mark } = placeOf({ deployment, ...at })
  return `set -- ${[folder, mark, containerName(deployment), chain].map(quoteWord).join(' ')}\n${give}`
}

export const certificateStep: StepKind<'certificate'> = {
  kind: 'certificate',
  asks: ['host'],
  by: 'commands',
  look: question,
  isTrue(spec, facts) {
    const look = lookAt(spec, facts)
    const isDue = look.state === 'known' && look.value === 'due'
    return isDue ? { holds: false, reason: 'certificate-due' } : truthOfWord(look, 'wanted')
  },
  interrupts: ({ reload }, _facts, reason) => reload === undefined && reason !== 'not-there',
  interrupted: ({ deployment }) => [containerName(deployment)],
  commands(spec) {
    const { folder, key, mark } = placeOf(spec)
    const { deployment, address, reload = '', name = '' } = spec
    return [hostAct('certificate', make, folder, key, address, mark, containerName(deployment), reload, name)]
  },
  // One for another address lies apart, and one that is served is as good as what it replaces: what is not served takes
  // itself back.
  undo: () => [],
}
