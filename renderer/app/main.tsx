// Where the page starts: the key leaves the address first, then the link is opened, then there is a page.
import './usable-language.ts'
import { createRoot } from 'react-dom/client'
import { speakFirst } from '../console/languages/spoken.ts'
import { openLink } from '../console/link/open-link.ts'
import { App } from './app.tsx'
import { pagePart } from './page-part.ts'
import { usePreferences } from './preferences.ts'

// Begun before anything looks at the address.
const opening = openLink(window)

const speaking = pagePart(() => speakFirst(usePreferences.getState().language))
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
const page = createRoot(root)
void Promise.all([opening, speaking]).then(([link]) => page.render(<App link={link} />))
