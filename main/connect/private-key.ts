// Private keys in every form that people have: OpenSSH's own and the older PEM forms as ssh2 reads them, PKCS#8
// as node reads it, turned into a form that ssh2 takes. A wrong passphrase is told from a missing one.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { ParsedKey } from 'ssh2'
import ssh2 from 'ssh2'
import type { Secret } from '../../shared/domain/command.ts'
import { type FailureOf, fail, ok, type Result } from '../../shared/domain/failure.ts'

export type PrivateKey = {
  readonly privateKey: Secret
  readonly passphrase?: Secret
  /** What a failure calls it; without one "private key". */
  readonly file?: string
}

type Problem = FailureOf<'identity-unusable'>['reason']

export function readPrivateKey({ privateKey, passphrase, file = 'private key' }: PrivateKey): Result<ParsedKey> {
  const read = parse(privateKey.reveal().replaceAll('\r', '').trim(), passphrase?.reveal())
  return typeof read === 'string' ? fail({ kind: 'identity-unusable', file, reason: read }) : ok(read)
}

/** Whether this text can log in as it is: a private key, and not one that asks for a passphrase. */
export function checkPrivateKey(key: PrivateKey): Result<void> {
  const read = readPrivateKey(key)
  return read.ok ? ok(undefined) : read
}

function parse(text: string, passphrase: string | undefined): ParsedKey | Problem {
  const plain = parseWithSsh2(text)
  if (!(plain instanceof Error)) return plain
  if (!isEncrypted(text, plain)) return parseWithNode(text, undefined) ?? 'not-a-key'
  if (passphrase === undefined || passphrase === '') return 'encrypted'
  const opened = parseWithSsh2(text, passphrase)
  return opened instanceof Error ? (parseWithNode(text, passphrase) ?? 'passphrase-wrong') : opened
}

/** ssh2 says so of the forms it knows; the others say it themselves. */
function isEncrypted(text: string, { message }: Error): boolean {
  return /no passphrase given/.test(message) || /^-----BEGIN ENCRYPTED |^Proc-Type: 4,ENCRYPTED/m.test(text)
}

function parseWithSsh2(text: string, passphrase?: string): ParsedKey | Error {
  const parsed = ssh2.utils.parseKey(text, passphrase) as ParsedKey | ParsedKey[] | Error
  if (parsed instanceof Error) return parsed
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  return key?.isPrivateKey() ? key : new Error('no private key')
}

function parseWithNode(text: string, passphrase: string | undefined): ParsedKey | undefined {
  if (!/^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/.test(text)) return undefined
  try {
    const key = createPrivateKey(passphrase === undefined ? text : { key: text, passphrase })
    const converted = parseWithSsh2(forSsh2(key))
    return converted instanceof Error ? undefined : converted
  } catch {
    // Damaged, of a kind that SSH does not have, or opened with the wrong passphrase.
    return undefined
  }
}

function forSsh2(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'pkcs1', format: 'pem' }).toString().trim()
  if (key.asymmetricKeyType === 'ec') return key.export({ type: 'sec1', format: 'pem' }).toString().trim()
  if (key.asymmetricKeyType === 'ed25519') return opensshText(key)
  return ''
}

/** PROTOCOL.key of OpenSSH, not encrypted: the only form in which ssh2 takes an ed25519 key. */
function opensshText(key: KeyObject): string {
  const { d = '', x = '' } = key.export({ format: 'jwk' })
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]
  const open = Buffer.concat([field('ssh-ed25519'), field(point)])
  const check = Buffer.alloc(8)
  const secret = Buffer.concat([check, open, field(Buffer.concat([seed, point])), field('')])
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, at) => at + 1))
  const head = Buffer.concat([Buffer.from('openssh-key-v1\0'), field('none'), field('none'), field('')])
  const one = Buffer.from([0, 0, 0, 1])
  const whole = Buffer.concat([head, one, field(open), field(Buffer.concat([secret, padding]))])
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? []
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----'].join('\n')
}

function field(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
