// What every answer of the page's scheme carries. The policy lets the page use its own files and nothing else; its
// link to the console is a port, so it needs no network even to this computer.

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  // The components of the page put their styles into the document as they are first used.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export const pageHeaders = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), display-capture=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
} as const
