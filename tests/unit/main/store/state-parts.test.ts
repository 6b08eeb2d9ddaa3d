// What the state folder holds is named in one list: whatever the sources put there is in it, taken along by a backup or left
// out with a reason. A file that somebody adds and forgets here fails.
import { describe, expect, it } from 'vitest'
import { partOfPath, placeOf } from '../../../../main/store/state-parts.ts'
import { isSource, readFiles, repositoryPaths } from '../../../support/repository-files.ts'

/** Where names of the state folder stand: the folder by the names that the sources give it, and then the name. */
const naming = [
  /\b(?:documentIn|secretFileIn)\(\s*\w*(?:[fF]older)\s*,\s*'([^']+)'/g,
  /\b(?:documentIn|secretFileIn)\(\s*state\.folder\s*,\s*'([^']+)'/g,
  /\bjoin\((?:stateFolder|state\.folder|core\.state\.folder)\s*,\s*'([^']+)'/g,
]
const inStore = [/\bjoin\(folder\s*,\s*'([^']+)'/g, /\bconst fileName = '([^']+)'/g]
/** Where the folder is asked for in the same file. */
const besidePath = [/\bconst name = '([^']+)'/g]
const asFolder = [/\.\.\.\{ name: '([^']+)', id:/g, /join\('([a-z-]+)', `/g]

function namesIn(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name))
}

function namedBy(files: readonly { readonly path: string; readonly text: string }[]): string[] {
  return files.flatMap(({ path, text }) => {
    const isStore = path.startsWith('main/store/')
    const folders = isStore ? namesIn(text, asFolder) : []
    const plain = [...namesIn(text, naming), ...(isStore ? namesIn(text, inStore) : [])]
    const beside = text.includes('secretFileIn(stateFolderPath(') ? namesIn(text, besidePath) : []
    // A name without an ending is a folder, but for the format.
    const whole = plain.map((name) => (name.includes('.') || name === 'format' ? name : `${name}/x.json`))
    return [...whole, ...beside, ...folders.map((name) => `${name}/x.json`)]
  })
}

const sources = readFiles(repositoryPaths().filter((path) => path.startsWith('main/') && isSource(path)))

describe('the list of what the state folder holds', () => {
  it('knows every name that the sources put there', () => {
    const named = [...new Set(namedBy(sources))]
    expect(named.length).toBeGreaterThan(25)
    for (const name of [
      'signed-in',
      'audit.jsonl',
      'vault.json',
      'acceptances/x.json',
      'history.db',
      'bundles/x.json',
      'plans/x.json',
    ])
      expect(named).toContain(name)
    expect(named.filter((name) => placeOf(name) === undefined && name !== 'demo/x.json')).toEqual([])
  })

  it('would find one that somebody forgot', () => {
    const planted = [
      { path: 'main/store/state.ts', text: "shifts: documentIn(folder, 'shifts.json', z.array(shift), [])" },
      { path: 'main/core/wards.ts', text: "const place = join(state.folder, 'wards')" },
      { path: 'main/store/rounds.ts', text: "...{ name: 'rounds', id: roundId }" },
    ]
    expect(namedBy(planted).filter((name) => placeOf(name) === undefined)).toEqual([
      'shifts.json',
      'wards/x.json',
      'rounds/x.json',
    ])
  })

  it.each([
    ['audit.jsonl', 'audit'],
    ['audit/000001.jsonl', 'audit'],
    ['audit/before-the-chain-1.jsonl', 'audit'],
    ['audit/checkpoints.jsonl', 'audit'],
    ['operators.json', 'operators'],
    ['terminals/recorded-1.cast', 'recordings'],
    ['demo/machines/demo-ascend-8.json', 'demo'],
  ])('takes %s along as %s', (path, item) => expect(partOfPath(path)).toMatchObject({ item }))

  it.each([
    'appliances.json.last',
    'appliances.json.123.new',
    'backup.0badcafe.new/vault.json',
    'owner.lock',
    'bundles/installed/x',
    'window/Cookies',
  ])('leaves %s behind, and says why', (path) => expect(placeOf(path)).toHaveProperty('why'))

  it.each([
    '../appliances.json',
    '/etc/passwd',
    'plans/../../x',
    'plans//x',
    'diary.txt',
    'C:\\x',
    'plans/.hidden',
    '__proto__',
  ])('puts nothing at %s', (path) => expect(partOfPath(path)).toBeUndefined())
})
