// Chromium under LANG=C calls its language "en-US@posix", which is no language tag; uPlot formats numbers in it as it
// is loaded and would take the page down. Imported before uPlot.
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US', configurable: true })
}
