// The headers every answer carries: nothing loads from elsewhere, nothing frames the page, and what the
// API says is kept by no cache.

/** @type {Readonly<Record<string, string>>} */
const securityHeaders = Object.freeze({
  'content-security-policy':
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
})

/** @type {Readonly<Record<string, string>>} */
export const apiHeaders = Object.freeze({ ...securityHeaders, 'cache-control': 'no-store' })

/** @type {Readonly<Record<string, string>>} */
export const pageHeaders = Object.freeze({ ...securityHeaders, 'cache-control': 'no-cache' })
