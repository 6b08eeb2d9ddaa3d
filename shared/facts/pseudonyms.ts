// Other names and addresses in the place of real ones, the same for the same: what belongs together in a recording still
// shows. They are of the ranges kept for examples (RFC 2606, 5737, 3849, 7042).

export type Pseudonyms = Readonly<Record<'host' | 'v4' | 'v6' | 'mac', (found: string) => string>>

export function newPseudonyms(): Pseudonyms {
  return {
    host: numbered((count) => `host-${count}.example`),
    v4: numbered((count) => `192.0.2.${count % 256}`),
    v6: numbered((count) => `2001:db8::${count.toString(16)}`),
    mac: numbered((count) => `00:00:5e:00:53:${(count % 256).toString(16).padStart(2, '0')}`),
  }
}

function numbered(make: (count: number) => string): (found: string) => string {
  const made = new Map<string, string>()
  return (found) => {
    const key = found.toLowerCase()
    const one = made.get(key) ?? make(made.size + 1)
    made.set(key, one)
    return one
  }
}

/** This machine, every machine, and the engine's own bridge networks say nothing about anybody. */
export function isOfNobody(host: string): boolean {
  return /^(?:127\.|0\.0\.0\.0(?::|$)|255\.|172\.17\.|localhost(?::|$)|\[?::1?\]?$)/i.test(host)
}

/** Where four numbers with dots are an address and no version. */
export function withoutAddresses(text: string, instead: Pseudonyms): string {
  return text
    .replaceAll(/(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)/g, (address) =>
      isOfNobody(address) ? address : instead.v4(address),
    )
    .replaceAll(/(?<![\w:.])[0-9a-f:]{6,39}(?![\w:.])/gi, (word) => {
      if (/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(word)) return instead.mac(word)
      return word.includes('::') || word.split(':').length === 8 ? instead.v6(word) : word
    })
}

/** Words that stand before the name or address of another machine. */
const hostOption =
  /(?<![\w-])(--[\w-]{0,60}(?:host|hostname|addr|address|url|uri|endpoint|server|master|proxy|registry|ip)(?:=|[ \t]{1,3}))(?!-)["']?([^\s"'<>]+)/gi
const lookedUp = /(\blookup[ \t])([\w.-]+)/g
const webAddress = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s"'<>\\]+)/gi
// Of the ends of names that are none of files: ".so", ".info" and ".sh" are left out.
const domains =
  'com|net|org|edu|gov|cn|hk|mo|tw|sg|jp|kr|eu|de|at|ch|fr|be|nl|uk|ie|es|pt|se|dk|fi|cz|au|nz|ca|br|mx|tr|local|localdomain|lan|intern|internal|intranet|intra|corp|private|hospital|clinic|health|example'
const fullName = new RegExp(
  `(?<![\\w.-])(?:[\\w.+-]{1,64}@)?(?:[a-z0-9_][a-z0-9_-]{0,62}\\.){1,8}(?:${domains})(?![\\w-]|\\.\\w)`,
  'gi',
)
/** Everybody's: they stand in the names of devices (`nvidia.com/gpu`) and in the messages of tools. */
const everybodys =
  /(?:^|\.)(?:nvidia|huawei|hiascend|amd|intel|hygon|cambricon|mthreads|metax-tech|iluvatar|kunlunxin|birentech|docker|kernel|github|ubuntu|debian|redhat|openeuler)\.(?:com|org|net|io|cn|com\.cn)$|^host-\d+\.example$/i

export function withoutHosts(text: string, instead: Pseudonyms): string {
  const other = (host: string) => (isOfNobody(host) || everybodys.test(host) ? host : instead.host(host))
  return text
    .replaceAll(webAddress, (whole, scheme: string, rest: string) => otherPlace(rest, instead)?.(scheme) ?? whole)
    .replaceAll(hostOption, (_, option: string, host: string) => option + other(host))
    .replaceAll(lookedUp, (_, word: string, host: string) => word + other(host))
    .replaceAll(fullName, (name) => other(name))
}

/** Who logs in, where, and the path, which may be as secret as a password. Undefined where nobody's is named. */
function otherPlace(rest: string, instead: Pseudonyms): ((scheme: string) => string) | undefined {
  const login = rest.lastIndexOf('@')
  const [place = ''] = rest.slice(login + 1).split(/[/?#]/, 1)
  const name = place.replace(/:\d{0,5}$/, '')
  if (login < 0 && (name === '' || isOfNobody(place) || everybodys.test(name))) return undefined
  return (scheme) => scheme + (isOfNobody(place) ? place : instead.host(name))
}
