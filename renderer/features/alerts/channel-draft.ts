// A channel while somebody writes it: texts of fields as they are typed, secrets by the ids under which they are
// offered or kept. What is not right is said by field.
import type { AlertSeverity } from '../../../shared/domain/alert.ts'
import { type AlertChannel, alertChannel, type ChannelKind } from '../../../shared/domain/alert-channel.ts'
import type { Language } from '../../../shared/words/words.ts'

export const channelKinds = [
  ...(['smtp', 'wecom', 'dingtalk', 'feishu', 'webhook', 'syslog', 'snmp', 'desktop'] as const),
] satisfies readonly ChannelKind[]

export type TextField = 'host' | 'port' | 'from' | 'to' | 'user' | 'url' | 'origin' | 'ca'
export type SecretField = 'credentialId' | 'keyId' | 'hmacId' | 'signId' | 'communityId'
export type DraftField = TextField | SecretField | 'id' | 'security'

type Fields = { readonly texts: readonly TextField[]; readonly secrets: readonly SecretField[] }

export const channelFields: { readonly [K in ChannelKind]: Fields } = {
  smtp: { texts: ['host', 'port', 'from', 'to', 'user', 'ca'], secrets: ['credentialId'] },
  webhook: { texts: ['url', 'ca'], secrets: ['keyId', 'hmacId'] },
  wecom: { texts: ['origin', 'ca'], secrets: ['keyId'] },
  dingtalk: { texts: ['origin', 'ca'], secrets: ['keyId', 'signId'] },
  feishu: { texts: ['origin', 'ca'], secrets: ['keyId', 'signId'] },
  syslog: { texts: ['host', 'port', 'ca'], secrets: [] },
  snmp: { texts: ['host', 'port'], secrets: ['communityId'] },
  desktop: { texts: [], secrets: [] },
}

export const securities = ['tls', 'starttls', 'none'] as const
export const transports = ['udp', 'tcp', 'tls'] as const

export type ChannelDraft = {
  readonly id: string
  readonly kind: ChannelKind
  readonly atLeast: AlertSeverity
  readonly list: AlertChannel['list']
  readonly language: Language
  readonly security: (typeof securities)[number]
  readonly transport: (typeof transports)[number]
  readonly texts: { readonly [T in TextField]?: string }
  /** Offered or kept: ids, never what they stand for. */
  readonly secretIds: { readonly [S in SecretField]?: string }
}

export function newDraft(language: Language): ChannelDraft {
  const common = { id: '', atLeast: 'warning', list: 'first', language, security: 'tls', transport: 'udp' } as const
  return { ...common, kind: 'smtp', texts: { port: '465' }, secretIds: {} }
}

export function draftOf({ way, ...common }: AlertChannel): ChannelDraft {
  const written = new Map<string, unknown>(Object.entries(way))
  const { texts, secrets } = channelFields[way.kind]
  const text = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value))
  const present = <F extends string>(names: readonly F[]) =>
    Object.fromEntries(names.filter((name) => written.has(name)).map((name) => [name, text(written.get(name))]))
  return {
    ...common,
    kind: way.kind,
    security: way.kind === 'smtp' ? way.security : 'tls',
    transport: way.kind === 'syslog' ? way.transport : 'udp',
    texts: present(texts),
    secretIds: present(secrets),
  }
}

const usualPorts: { readonly [K in ChannelKind]?: string } = { smtp: '465', syslog: '514', snmp: '162' }

/** What was typed for the other way is not for this one. */
export function withKind(draft: ChannelDraft, kind: ChannelKind): ChannelDraft {
  const port = usualPorts[kind]
  return { ...draft, kind, texts: port === undefined ? {} : { port }, secretIds: {} }
}

const securityPorts: { readonly [S in ChannelDraft['security']]: string } = { tls: '465', starttls: '587', none: '25' }

/** The port follows where it is one of the usual ones. */
export function withSecurity(draft: ChannelDraft, security: ChannelDraft['security']): ChannelDraft {
  const isUsual = Object.values(securityPorts).includes(draft.texts.port ?? '')
  return { ...draft, security, texts: isUsual ? { ...draft.texts, port: securityPorts[security] } : draft.texts }
}

export type DraftCheck =
  | { readonly ok: true; readonly channel: AlertChannel }
  | { readonly ok: false; readonly wrong: readonly DraftField[] }

/** `typed`: secrets that are typed and not offered yet; they count as being there. */
export function checkDraft(draft: ChannelDraft, typed: readonly SecretField[]): DraftCheck {
  const { id, atLeast, list, language } = draft
  const checked = alertChannel.safeParse({ id, atLeast, list, language, way: wayOf(draft, typed) })
  if (checked.success) return { ok: true, channel: checked.data }
  return { ok: false, wrong: [...new Set(checked.error.issues.map(({ path }) => fieldAt(path)))] }
}

function wayOf({ kind, security, transport, texts, secretIds }: ChannelDraft, typed: readonly SecretField[]): object {
  const fields = channelFields[kind]
  const written = fields.texts.flatMap((name) => {
    const text = (texts[name] ?? '').trim()
    return text === '' ? [] : [[name, writtenAs(name, text)] as const]
  })
  const secrets = fields.secrets.flatMap((name) => {
    const known = secretIds[name] ?? (typed.includes(name) ? 'typed' : undefined)
    return known === undefined ? [] : [[name, known] as const]
  })
  return {
    kind,
    ...Object.fromEntries([...written, ...secrets]),
    ...(kind === 'smtp' && { security }),
    ...(kind === 'syslog' && { transport }),
  }
}

function writtenAs(name: TextField, text: string): unknown {
  if (name === 'port') return /^[0-9]+$/.test(text) ? Number(text) : text
  return name === 'to' ? text.split(/[\s,;，；、]+/).filter((one) => one !== '') : text
}

/** A rule of the whole way is about its login. */
function fieldAt([first, second]: readonly PropertyKey[]): DraftField {
  return (first === 'way' ? (second ?? 'security') : first) as DraftField
}
