// Secrets in text that nobody wrote for others: options, environments, headers, keys. What stands before a secret stays,
// so that a person sees what was there.

const value = `("[^"\\n]{0,500}"|'[^'\\n]{0,500}'|[^\\s"',;<]{1,2000})`

/** `--hf-token abc`, `--requirepass=abc`. */
const option = new RegExp(
  `(?<![\\w-])(--?[\\w-]{0,60}?(?:key|token|password|passwd|pass|passphrase|secret|credentials?|auth)(?:=|[ \\t]{1,3}))(?!-)${value}`,
  'gi',
)

/** `MY_TOKEN=abc`, `"api_key": "abc"`, also within a text that was quoted itself. */
const named = new RegExp(
  '((?:passwo?r?d|passphrase|token|secret|(?:api|access|private|license)[_-]?key|credential)s?(?:[_-](?:id|value|hash|key))?' +
    `\\\\{0,3}["']?[ \\t]{0,3}[:=][ \\t]{0,3}\\\\{0,3})(?!(?:true|false|null)\\b|[{[])${value}`,
  'gi',
)
const bearer = /\b(authorization:\s{0,3}(?:bearer|basic)\s{1,3})\S{1,2000}/gi
const privateKey = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g
/** Of services that mark theirs, and signed ones (RFC 7519). */
const known =
  /(?<!\w)(?:(?:sk-|hf_|ghp_|glpat-|xox[bp]-|AKIA)[\w-]{8,200}|eyJ[\w-]{10,2000}\.[\w-]{5,4000}\.[\w-]{0,2000})/g

/** Of several lines, so it goes before a text is taken apart. */
export function withoutPrivateKeys(text: string): string {
  return text.replaceAll(privateKey, '(a private key)')
}

export function withoutSecrets(text: string): string {
  const hide = (_: string, before: string, secret: string) => `${before}${quoted(secret)}`
  return text
    .replaceAll(bearer, '$1(redacted)')
    .replaceAll(option, hide)
    .replaceAll(named, hide)
    .replaceAll(known, '(redacted)')
}

/** Its quotes stay, also where the text around it was quoted itself. */
function quoted(secret: string): string {
  const quote = /^["']/.exec(secret)?.[0]
  return quote === undefined ? '(redacted)' : `${quote}(redacted)${/\\{0,3}["']$/.exec(secret)?.[0] ?? ''}`
}
