// Where the page starts: the key leaves the address first, then the link is opened, then there is a page.
import './usable-language.ts'
import { createRoot } from 'react-dom/client'
import { openLink } from '../console/link/open-link.ts'
import { startI18n } from '../i18n/start-i18n.ts'
import { App } from './app.tsx'
import { usePreferences } from './preferences.ts'

// Begun before anything looks at the address.
const opening = openLink(window)

startI18n(usePreferences.getState().language)
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
const page = createRoot(root)
void opening.then((link) => page.render(<App link={link} />))
