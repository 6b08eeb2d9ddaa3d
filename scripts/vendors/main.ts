// `npm run vendors`: writes shared/facts/accelerators/all.ts from the files of that folder, so that adding a vendor is
// adding its file. The architecture test says when it was forgotten.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { vendorListText, vendorNamesIn } from './vendor-list.ts'

const folder = join(import.meta.dirname, '..', '..', 'shared', 'facts', 'accelerators')
const texts = readdirSync(folder).map((file): [string, string] => [file, readFileSync(join(folder, file), 'utf8')])
writeFileSync(join(folder, 'all.ts'), vendorListText(vendorNamesIn(new Map(texts))))
