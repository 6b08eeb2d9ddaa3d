// The first script of the page: small and alone, so that little can keep it from coming. What it says when the rest
// does not come stands in index.html.
import { pagePart } from './page-part.ts'

void pagePart(() => import('./main.tsx'))
