// Where an identity provider may be, and where the browser comes back to from it; small, for the first script of the page.

const webAddress = /^(https?):\/\/([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[1-9][0-9]{0,4})?(\/[!-~]*)?$/
const loopbackHosts: readonly string[] = ['127.0.0.1', '[::1]', 'localhost']

type WebAddress = { readonly isInClear: boolean; readonly host: string; readonly port: string }

/** Undefined: no address of the web, or one with a user in it. */
function partsOf(text: string): WebAddress | undefined {
  const [, scheme, host = '', port = '', place = ''] = webAddress.exec(text) ?? []
  if (scheme === undefined || /[\\@]/.test(place)) return undefined
  return { isInClear: scheme === 'http', host: host.toLowerCase(), port }
}

/** By https; in clear to this computer alone. */
export function isProviderAddress(text: string): boolean {
  const parts = partsOf(text)
  return parts !== undefined && (!parts.isInClear || loopbackHosts.includes(parts.host))
}

/** In clear, to this computer: allowed only where the provider itself is here. */
export function isLoopbackInClear(text: string): boolean {
  return isProviderAddress(text) && text.startsWith('http:')
}

/** As a person calls it: its host, and the port where it has one of its own. */
export function providerHost(issuer: string): string {
  const { host, port } = partsOf(issuer) ?? { host: issuer, port: '' }
  return `${host}${port}`
}

export const providerReturnPlace = '/oidc/callback'
