// The catalog: what there is, and what of it fits.
import { answers, fails, type Script, waits } from '../pretend-console.ts'
import type { Scenes } from '../scene.ts'
import { about, applianceNamed } from '../scripted.ts'
import { catalogScript, listing } from '../scripted-catalog.ts'
import { factsWith } from '../scripted-facts.ts'

const whole = catalogScript()
const scriptWith = (changes: Script): Script => ({ ...whole, ...changes })
const unreachable = { kind: 'host-unreachable', host: '10.78.0.11', port: 22, reason: 'timeout' } as const

export const scenes: Scenes = {
  browse: { path: '/catalog', script: whole },
  'browse-fits-only': { path: '/catalog?onlyFits=true&users=20', script: whole },
  'browse-nothing': { path: '/catalog?text=nothing', script: whole },
  runtimes: { path: '/catalog?kind=runtime', script: whole },
  apps: { path: '/catalog?kind=app', script: whole },
  solutions: { path: '/catalog?kind=solution', script: whole },
  'no-appliance': { path: '/catalog', script: scriptWith({ appliances: { list: answers([]) } }) },
  'two-appliances': {
    path: '/catalog',
    script: scriptWith({
      appliances: { list: answers(['radiology-01', 'ward-7'].map((one) => applianceNamed(one, '10.0.0.1'))) },
    }),
  },
  'no-accelerators': { path: '/catalog', script: catalogScript(factsWith([])) },
  unreachable: {
    path: '/catalog',
    script: scriptWith({ catalog: { ...whole.catalog, outlook: fails(unreachable), fits: fails(unreachable) } }),
  },
  looking: {
    path: '/catalog',
    script: scriptWith({ catalog: { entries: answers(listing), outlook: waits(), fits: waits() } }),
  },
  reading: { path: '/catalog', script: scriptWith({ catalog: { entries: waits() } }) },
  failed: {
    path: '/catalog',
    script: scriptWith({
      catalog: {
        ...whole.catalog,
        entries: fails({ kind: 'state-unwritable', folder: '/home/ops', detail: 'denied' }),
      },
    }),
  },
  empty: {
    path: '/catalog',
    script: scriptWith({
      window: about,
      catalog: {
        ...whole.catalog,
        entries: answers({
          places: [
            {
              ...{ place: 'built-in', origin: 'built-in', name: '', demo: false },
              failure: { kind: 'catalog-invalid', file: 'qwen.yaml', line: 7, problem: 'this is not YAML' },
            },
          ],
          entries: [],
          leftOut: 0,
        }),
      },
    }),
  },
  'model-fits': { path: '/catalog/built-in/model/qwen3-32b', script: whole },
  'model-fits-not': { path: '/catalog/built-in/model/deepseek-r1-671b', script: whole },
  'model-unasked': {
    path: '/catalog/built-in/model/antangelmed',
    script: scriptWith({ appliances: { list: answers([]) } }),
  },
  antangelmed: { path: '/catalog/built-in/model/antangelmed', script: whole },
  'runtime-entry': { path: '/catalog/built-in/runtime/vllm-ascend', script: whole },
  'app-entry': { path: '/catalog/built-in/app/clinic-notes', script: whole },
  'solution-of-a-bundle': { path: '/catalog/bundle-1/solution/notes', script: whole },
  'solution-fits-not': { path: '/catalog/built-in/solution/notes-large', script: whole },
  'entry-unknown': { path: '/catalog/bundle-9/model/gone', script: whole },
}
