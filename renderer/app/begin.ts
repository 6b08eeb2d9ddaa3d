// The first script of the page: small and alone, so that little can keep it from coming. What it says when the rest
// does not come stands in index.html.

import { providerReturnPlace } from '../../shared/domain/provider-address.ts'
import { languageParts } from '../console/languages/language-parts.ts'
import { chosenLanguage } from './kept-choice.ts'
import { pagePart } from './page-part.ts'

// The texts come beside the program, not after it; the program sees whether they do not come.
languageParts[chosenLanguage()]().catch(() => undefined)
// Whoever comes back from the identity provider gets no console there.
if (location.pathname === providerReturnPlace) void pagePart(() => import('./provider-return.ts'))
else void pagePart(() => import('./main.tsx'))
