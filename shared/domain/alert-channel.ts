// The ways on which people are told of alerts, without their secrets: those are in the vault, by id. What is in here is
// shown and written to the audit.
import * as z from 'zod'
import { alertSeverity } from './alert.ts'

/** Neither a space nor a control character, and no user in front of it: it goes into a socket and into headers. */
const host = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'not a host name or address')
const port = z.int().min(1).max(65_535)
const mailAddress = z
  .string()
  .max(254)
  .regex(/^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,189}$/, 'not a mail address')

/** By http or https, to a host that is spelled out, without a user and without a fragment. */
const webAddress = z
  .string()
  .max(1000)
  .regex(/^https?:\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?][!-~]*)?$/, 'not a web address')
  .refine((text) => !/[#\\]/.test(text), 'not a web address')

/** Of a relay of the site in the place of the vendor's own address. */
const origin = z
  .string()
  .max(300)
  .regex(/^https:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?$/, 'not "https://host"')
  .optional()

const credentialId = z.string().min(1).max(100)
/** A certificate of the site's own authority, PEM, beside those that this computer trusts. */
const ca = z
  .string()
  .max(20_000)
  .regex(/^-----BEGIN CERTIFICATE-----/)
  .optional()

const smtp = z
  .strictObject({
    kind: z.literal('smtp'),
    host,
    port,
    /** `tls`: from the first byte (465). `starttls`: or nothing is sent. `none`: in clear, and never with a login. */
    security: z.enum(['tls', 'starttls', 'none']),
    from: mailAddress,
    to: z.array(mailAddress).min(1).max(20),
    user: z
      .string()
      .max(254)
      .regex(/^[^\p{Cc}]+$/u)
      .optional(),
    credentialId: credentialId.optional(),
    ca,
  })
  .refine(({ security, credentialId }) => security !== 'none' || credentialId === undefined, 'a login only with TLS')

const webhook = z.strictObject({
  kind: z.literal('webhook'),
  /** "{token}" in it is replaced by the secret of that name. */
  url: webAddress,
  keyId: credentialId.optional(),
  /** The body is signed with it: X-Rackside-Signature: sha256=HEX of HMAC. */
  hmacId: credentialId.optional(),
  ca,
})

/** `keyId`: the key or token of the robot's address. `signId`: the secret that its messages are signed with. */
const robot = { keyId: credentialId, origin, ca }

const syslog = z.strictObject({ kind: z.literal('syslog'), host, port, transport: z.enum(['udp', 'tcp', 'tls']), ca })

/** Version 2c. Without a community of its own: "public". */
const snmp = z.strictObject({ kind: z.literal('snmp'), host, port, communityId: credentialId.optional() })

export const channelWay = z.discriminatedUnion('kind', [
  smtp,
  webhook,
  z.strictObject({ kind: z.literal('wecom'), ...robot }),
  z.strictObject({ kind: z.literal('dingtalk'), ...robot, signId: credentialId.optional() }),
  z.strictObject({ kind: z.literal('feishu'), ...robot, signId: credentialId.optional() }),
  syslog,
  snmp,
  z.strictObject({ kind: z.literal('desktop') }),
])
export type ChannelWay = z.infer<typeof channelWay>
export type ChannelKind = ChannelWay['kind']
export type WayOf<K extends ChannelKind> = Extract<ChannelWay, { kind: K }>

/** Those that a server can use without a console: what a message holds is known before there is one. */
export type CurlWay = WayOf<'webhook' | 'wecom' | 'dingtalk' | 'feishu'>

/** Or why a server cannot use it: the secret that a message is signed with stays in the vault. */
export function curlWayOf(way: ChannelWay): CurlWay | 'other-kind' | 'signed' {
  switch (way.kind) {
    case 'webhook':
      return way.hmacId === undefined ? way : 'signed'
    case 'dingtalk':
    case 'feishu':
      return way.signId === undefined ? way : 'signed'
    case 'wecom':
      return way
    default:
      return 'other-kind'
  }
}

export const channelId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)

export const alertChannel = z.strictObject({
  id: channelId,
  /** What is less is not told here. */
  atLeast: alertSeverity,
  /** The second list is told only of what nobody acknowledged. */
  list: z.enum(['first', 'second']),
  language: z.enum(['en', 'zh-CN']),
  way: channelWay,
})
export type AlertChannel = z.infer<typeof alertChannel>

/** Why a message did not get out. `not-now`: a secret of it is in a locked vault. */
export const deliveryProblem = z.enum(['unreachable', 'refused', 'too-slow', 'not-trusted', 'not-now', 'no-secret'])
export type DeliveryProblem = z.infer<typeof deliveryProblem>

/** How a channel is: what it last got out, and what is in its way. */
export const channelState = z.strictObject({
  channel: channelId,
  lastSentMs: z.int().optional(),
  waiting: z.int().nonnegative(),
  /** Given up, or pushed out by newer ones. */
  lost: z.int().nonnegative(),
  trouble: z.strictObject({ problem: deliveryProblem, detail: z.string().max(300), sinceMs: z.int() }).optional(),
})
export type ChannelState = z.infer<typeof channelState>
