// Every text that an entry may have, as hostile as it is let in, up to the program that gets it (P41): the script of the
// step in real shells, with a docker that writes down its words, its standard input and its environment. Then the same
// with words that no entry could have: what is checked there is not relied on here.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commandsScript, unitScript } from '../../../../main/apply/step-script.ts'
import { keepVersion, own, record, smoke } from '../../../../shared/apply/container-proof.ts'
import { createCommand, runCommand } from '../../../../shared/apply/container-run.ts'
import type { Command } from '../../../../shared/domain/command.ts'
import { isAsked } from '../../../../shared/domain/deployment.ts'
import { type Entry, entry } from '../../../../shared/domain/entry.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { hostileWord } from '../../../support/hostile-words.ts'
import { bareFacts, planFor, wardCatalog } from '../../../support/plan-cases.ts'
import { realShells, runInShell } from '../../../support/real-shells.ts'
import { run, scriptPlace } from '../../../support/script-place.ts'
import { finished, movedTo } from '../../../support/shell-appliance.ts'

type Step = StepSpecOf<'container'>
type Path = readonly (string | number)[]

const facts = bareFacts()
const imageId = `sha256:${'4'.repeat(64)}`
const as = { runId: run.runId, facts, restartPolicy: 'always' }

/** What names something else of the catalog, or says what hardware is for: with another word there is no plan. */
const links = ['kind', 'id', 'provides', 'requires', 'services', 'weightsFormats', 'splits', 'can', 'shape', 'metrics']
const linksWithin = ['match', 'images', 'evidence', 'weights', 'format', 'onlyOn', 'runtime']

/** Words of the forms that fields with a pattern have, at their worst. */
const inForm = fc.record({
  services: fc.uniqueArray(fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,20}$/), { minLength: 2, maxLength: 2 }),
  servedName: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,30}$/),
  readyPath: fc.stringMatching(/^\/[A-Za-z0-9._/-]{0,30}$/),
  target: fc.stringMatching(/^\/data[A-Za-z0-9_-]{0,10}$/),
  variables: fc.uniqueArray(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/), { minLength: 4, maxLength: 4 }),
})
type InForm = typeof inForm extends fc.Arbitrary<infer T> ? T : never

function formedEntries({ services, servedName, readyPath, target, variables }: InForm): Entry[] {
  const [model = 'm', app = 'a'] = services
  return wardCatalog().entries.map((one) => {
    if (one.kind === 'model') return { ...one, servedName }
    if (one.kind === 'solution') {
      const named = one.services.map((service) =>
        service.role === 'model' ? { ...service, name: model } : { ...service, name: app, usesModel: model },
      )
      return { ...one, services: named }
    }
    if (one.kind === 'host-package') return one
    const environment = Object.fromEntries(variables.map((name) => [name, 'x']))
    const variants = one.variants.map((v) => ({ ...v, arguments: [...v.arguments, ...'abcd'], environment }))
    const volumes = [{ name: 'notes', target, backUp: true }]
    return { ...one, readyPath, volumes, variants, healthCommand: [...'abcd'] }
  })
}

/** Each text in turn becomes a hostile one, unless the schema refuses that. */
function withHostileTexts(one: Entry, words: readonly string[]): { hostile: Entry; taken: number } {
  let hostile = one
  let taken = 0
  for (const [at, path] of textsIn(one).entries()) {
    if (links.includes(String(path[0])) || path.some((part) => linksWithin.includes(String(part)))) continue
    const checked = entry.safeParse(changed(hostile, path, words[at % words.length] ?? ''))
    if (!checked.success) continue
    hostile = checked.data
    taken += 1
  }
  return { hostile, taken }
}

function textsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, [...path, name]))
}

function changed<T>(whole: T, path: Path, text: string): T {
  const copy = structuredClone(whole)
  const around = path.slice(0, -1).reduce<unknown>((here, key) => (here as Record<string, unknown>)[key], copy)
  ;(around as Record<string, unknown>)[path.at(-1) ?? ''] = text
  return copy
}

/** With a docker and a curl that say what they got. */
function witnessPlace(shell?: readonly [string, ...string[]]) {
  const place = scriptPlace({ systemd: true, ...(shell !== undefined && { shell }) })
  const seen = join(place.root, '..', 'seen')
  const write = `printf '%s\\0' "$@" >'${seen}'/"\${0##*/}-$n-words"`
  const head = `#!/bin/sh\nn=$(ls '${seen}' | grep -c words)\n${write}\n`
  const more = `cat >'${seen}'/"docker-$n-input"; env -0 >'${seen}'/"docker-$n-environment"`
  writeFileSync(join(place.stubs.folder, 'docker'), `${head}case $1 in run | create) ${more} ;; esac\n`)
  writeFileSync(join(place.stubs.folder, 'curl'), `${head}printf '%s' '"choices"'\n`, { mode: 0o755 })
  const parts = (name: string) => readFileSync(join(seen, name), 'utf8').split('\0').slice(0, -1)
  return {
    ...place,
    canary: join(place.root, '..', 'canary'),
    /** As it reads there: the appliance's folders are in the place. */
    moved: (text: string) => movedTo(join(place.root, '..'), text),
    begin() {
      rmSync(seen, { recursive: true, force: true })
      mkdirSync(seen)
    },
    programs: () => readdirSync(seen).flatMap((name) => (name.endsWith('-words') ? [name.split('-')[0]] : [])),
    curlWords: () => parts(readdirSync(seen).find((name) => /^curl-.*words$/.test(name)) ?? ''),
    /** Of the nth docker. */
    docker: (at: number) => ({
      words: parts(`docker-${at}-words`),
      input: readFileSync(join(seen, `docker-${at}-input`), 'utf8'),
      exported: parts(`docker-${at}-environment`),
    }),
  }
}
type Place = ReturnType<typeof witnessPlace>

function expectWords(place: Place, at: number, [, verb = '', ...words]: Command['words'], { spec }: Step): void {
  const { words: got, input, exported } = place.docker(at)
  const image = words.length - spec.arguments.length - 1
  const pairs = Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`)
  const ofSeveralLines = pairs.filter((pair) => /[\r\n]/.test(pair))
  // They stand last before the image.
  const options = words.slice(0, image - 2 * pairs.length)
  const named = ofSeveralLines.flatMap((pair) => ['--env', pair.split('=')[0] ?? ''])
  const byInput = pairs.length === 0 ? [] : [...named, '--env-file', '/dev/stdin']
  expect(got).toEqual([verb, ...byInput, ...options, imageId, ...spec.arguments].map(place.moved))
  expect(input.split('\n').filter((line) => line !== '')).toEqual(
    pairs.filter((pair) => !ofSeveralLines.includes(pair)),
  )
  expect(ofSeveralLines.filter((pair) => !exported.includes(pair))).toEqual([])
  const health = got[got.indexOf('--health-cmd') + 1] ?? ''
  expect(wordsOf(health)).toEqual(spec.healthCommand)
}

/** All that a container of an entry is ever given (P43), as docker reads its words. */
const confined: { readonly [option: string]: RegExp } = {
  '--detach': /^$/,
  '--read-only': /^$/,
  '--env-file': /^\/dev\/stdin$/,
  '--pull': /^never$/,
  '--name': /^rackside-/,
  '--label': /^rackside\.[a-z-]+=/,
  '--restart': /^always$/,
  '--log-driver': /^local$/,
  '--log-opt': /^max-/,
  '--network': /^rackside-ward$/,
  '--network-alias': /^[a-z0-9]/,
  '--publish': /^127\.0\.0\.1:\d+:\d+$/,
  '--cap-drop': /^ALL$/,
  '--security-opt': /^no-new-privileges$/,
  '--tmpfs': /^\/tmp$/,
  '--health-cmd': /./,
  '--health-interval': /^\d+s$/,
  '--health-timeout': /^\d+s$/,
  '--health-retries': /^\d+$/,
  '--health-start-period': /^\d+s$/,
  '--health-start-interval': /^\d+ms$/,
  '--mount':
    /^type=(?:bind,source=[^,]*\/rackside\/artifacts\/sha256-[0-9a-f]{64},target=\/models\/[^,]+,readonly|volume,source=rackside-[^,]+_[^,]+,target=\/[^,]+)$/,
}

function expectConfined(place: Place): void {
  const [, ...words] = place.docker(0).words
  const given: (readonly [option: string, value: string])[] = []
  while (words[0]?.startsWith('-')) {
    const option = words.shift() ?? ''
    given.push([option, confined[option]?.test('') === true ? '' : (words.shift() ?? '')])
  }
  expect(words[0]).toBe(imageId)
  expect(given.filter(([option, value]) => confined[option]?.test(value) !== true)).toEqual([])
  for (const once of ['--cap-drop', '--security-opt', '--read-only', '--publish', '--network']) {
    expect(given.filter(([option]) => option === once)).toHaveLength(1)
  }
}

/** What a container's own shell makes of its health command. */
function wordsOf(text: string): string[] {
  const { stdout } = runInShell(['sh'], `set -- ${text}\nprintf '%s\\0' "$@"`)
  return stdout.split('\0').slice(0, -1)
}

let units = 0
const asUnit: typeof commandsScript = (of, act) => {
  units += 1
  return unitScript(of, `key-${units}`, act)
}

describe.each([
  ...realShells.map((shell) => [`in ${shell.join(' ')}`, shell, commandsScript, 10] as const),
  ['as a unit', ['sh'], asUnit, 4] as const,
])('an entry with hostile texts, %s', (_name, shell, scriptOf, numRuns) => {
  it('brings every word to docker as it is, and nothing else is carried out', async () => {
    const place = witnessPlace(shell)
    const words = fc.array(hostileWord(place.canary), { minLength: 37, maxLength: 37 })
    let taken = 0
    await fc.assert(
      fc.asyncProperty(words, inForm, async (texts, forms) => {
        const entries = formedEntries(forms).map((one, at) => {
          const made = withHostileTexts(one, [...texts.slice(at * 5), ...texts])
          taken += made.taken
          return made.hostile
        })
        const plan = planFor(facts, { ...wardCatalog(), entries })
        const steps = plan.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))
        expect(steps).toHaveLength(2)
        for (const step of steps) await expectCarriedOut(place, step, scriptOf)
      }),
      { numRuns },
    )
    // It would prove nothing if the schema took none.
    expect(taken).toBeGreaterThan(numRuns * 20)
  }, 120_000)
})

async function expectCarriedOut(place: Place, step: Step, scriptOf: typeof commandsScript): Promise<void> {
  place.begin()
  const make = runCommand(step, imageId, as)
  const commands = [make, record(step), own(step), keepVersion(step), ...smoke(step)]
  const { exitCode, stderr } = await finished(place.start(scriptOf(run, { commands, undo: () => [] })))
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(place.programs()).toEqual(['curl', 'docker'])
  expectWords(place, 0, make.words, step)
  expectConfined(place)
  const { deployment, entry: id, entryVersion: version } = step.spec
  const file = (...parts: string[]) => JSON.parse(readFileSync(join(place.root, ...parts), 'utf8')) as unknown
  const { image, network } = step.spec
  const { licences: _, ...origin } = step.origin ?? { licences: [] }
  const noted = { deployment, entry: id, version, proof: step.proof, image, origin }
  expect(file('deployments', `${deployment}.json`)).toEqual(noted)
  expect(file('owners', `${deployment}.json`)).toEqual({ deployment, network })
  expect(file('versions', deployment, `${step.specDigest}.json`)).toMatchObject({
    step: JSON.parse(place.moved(JSON.stringify(step))),
  })
  const { proof } = step
  if (!isAsked(proof)) throw new Error('a part is asked nothing')
  const path = proof.serves === 'page' ? proof.readyPath : '/v1/chat/completions'
  expect(place.curlWords().at(-1)).toBe(`http://127.0.0.1:${proof.hostPort}${path}`)
  if (proof.serves === 'openai-chat') {
    expect(place.curlWords().map(jsonOrText)).toContainEqual(expect.objectContaining({ model: proof.modelName }))
  }
  expect(existsSync(place.canary)).toBe(false)
}

function plainStep(): Step {
  const found = planFor(facts).steps.find(({ spec }) => spec.kind === 'container')
  if (found?.spec.kind !== 'container') throw new Error('the plan lost its container')
  return found.spec
}

function jsonOrText(word: string): unknown {
  return word.startsWith('{') ? JSON.parse(word) : word
}

describe('a health command that looks like something else of docker', () => {
  it.each(['--env', '--env-file', `sha256:${'0'.repeat(64)}`])(
    '%s leaves the environment where nobody else reads it',
    async (word) => {
      const place = witnessPlace()
      const step: Step = {
        ...plainStep(),
        spec: { ...plainStep().spec, environment: { TOKEN: 'x' }, healthCommand: [word] },
      }
      await expectCarriedOut(place, step, commandsScript)
    },
  )
})

describe('a container with words that no entry could have', () => {
  it('gets each as one word, in whatever field it is', async () => {
    const place = witnessPlace()
    const bare = plainStep()
    const full: Step = {
      ...bare,
      spec: { ...bare.spec, environment: { A: 'x', B: 'y' }, volumes: [{ name: 'v', target: '/v', backUp: true }] },
    }
    const fields = textsIn(full.spec).filter(([name]) => name !== 'image')
    const words = fc.array(hostileWord(place.canary), { minLength: fields.length, maxLength: fields.length })
    await fc.assert(
      fc.asyncProperty(words, async (texts) => {
        const spec = fields.reduce((whole, path, at) => changed(whole, path, texts[at] ?? ''), full.spec)
        const step = { ...full, spec }
        place.begin()
        const commands = [runCommand(step, imageId, as), createCommand(step, imageId, { ...as, name: texts[0] ?? '' })]
        const { exitCode, stderr } = await finished(place.start(commandsScript(run, { commands, undo: () => [] })))
        expect([exitCode, stderr]).toEqual([0, ''])
        for (const [at, one] of commands.entries()) expectWords(place, at, one.words, step)
        expect(existsSync(place.canary)).toBe(false)
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})
