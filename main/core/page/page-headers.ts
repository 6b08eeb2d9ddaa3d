// What every answer of a graphical shell carries, whatever carries the page: its own files and nothing else. One
// policy for both shells, so that a hole made in one would be a hole made for all to see.

/** `link`: what the page connects to besides its own origin, such as "ws://127.0.0.1:7465"; nothing for a port. */
export function pageHeaders(link = ''): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes its styles into the document as its parts are first shown.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${link}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), display-capture=(), geolocation=(), hid=(), microphone=(), payment=(), serial=(), usb=()',
  }
}
