// Chromium under the C locale calls its language "en-US@posix", which Intl refuses; libraries hand it on as it is and
// would throw while they are loaded. Imported first, before any of them.
if (!isUsable(navigator.language)) {
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
}

function isUsable(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1
  } catch {
    return false
  }
}

export {}
