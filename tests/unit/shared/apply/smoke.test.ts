// What asks a new container for its work, in real shells: with curl, else with wget, else not at all.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { smoke } from '../../../../shared/apply/container-proof.ts'
import type { DeploymentProof } from '../../../../shared/domain/deployment.ts'
import { rankedTexts } from '../../../../shared/domain/model-questions.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'
import { installed, makePlace, shells } from '../facts/shells.ts'

const { facts } = planCase('installed')
const specOf = (deployment: string) =>
  planFor(facts).steps.find((s) => s.id === `container.${deployment}`)?.spec as StepSpecOf<'container'>

const specWith = (proof: DeploymentProof): StepSpecOf<'container'> => ({ ...specOf('ward-model'), proof })

/** `answers`: what the program prints each time it is asked, then it ends with `code`. */
function ask(shell: string, deployment: string, program: string, answer = '', code = 0) {
  return askFor(shell, specOf(deployment), program, `printf '%s' '${answer}'\nexit ${code}`)
}

function askFor(shell: string, spec: StepSpecOf<'container'>, program: string, does: string) {
  const place = makePlace()
  onTestFinished(() => place.remove())
  for (const tool of ['head', 'timeout', 'tr', 'awk']) symlinkSync(join('/usr/bin', tool), join(place.tools, tool))
  const asked = join(place.tools, 'asked')
  if (program !== '') {
    place.addTool(program, `printf '%s\\n' "$@" >>'${asked}'\n${does}`)
  }
  const [, , text = '', ...words] = smoke(spec)[0]?.words ?? []
  const { status, stderr } = spawnSync(`/bin/${shell}`, ['-c', `sleep() { :; }\n${text}`, ...words], {
    env: { PATH: place.tools, SHLVL: '1' },
    encoding: 'utf8',
  })
  return { status, stderr, asked: existsSync(asked) ? readFileSync(asked, 'utf8') : '' }
}

const token = '{"choices":[{"message":{"content":"x"}}]}'

/** Busybox's shell has a wget of its own. */
const bare = shells.filter(([program]) => program !== 'busybox' && installed(program))

describe.each(bare.map(([program]) => program))('asking for the work in %s', (shell) => {
  it.each(['curl', 'wget'])('asks a model for one token with %s', (program) => {
    const { status, asked } = ask(shell, 'ward-model', program, token)
    expect(status).toBe(0)
    expect(asked).toContain('http://127.0.0.1:8400/v1/chat/completions')
    expect(asked).toContain('"max_tokens":1')
  })

  it.each(['curl', 'wget'])('asks an app for its ready page with %s', (program) => {
    const { status, asked } = ask(shell, 'note-helper', program, 'ready')
    expect(status).toBe(0)
    expect(asked).not.toContain('content-type')
  })

  it('fails after three times without a token or a page, and says what came', () => {
    const model = ask(shell, 'ward-model', 'curl', '{"error":"out of memory"}')
    expect(model.status).toBe(1)
    expect(model.stderr).toMatch(/does not do its work: http:.* says .*out of memory/)
    expect(model.asked.match(/127\.0\.0\.1/g)).toHaveLength(3)
    expect(ask(shell, 'note-helper', 'curl', '503', 22).status).toBe(1)
  })

  it('passes, and says so, where no program can ask', () => {
    expect(ask(shell, 'ward-model', '')).toMatchObject({ status: 0, stderr: expect.stringMatching(/not asked/) })
  })

  it.each(['curl', 'wget'])('asks a model for the vectors of two texts, each twice, with %s', (program) => {
    const { status, asked, stderr } = askFor(shell, specWith(embeddings), program, vectors('[0.25,-3e-2]', '[0.5, 1]'))
    expect([status, stderr]).toEqual([0, ''])
    expect(asked.match(/127\.0\.0\.1:8400\/v1\/embeddings/g)).toHaveLength(4)
  })

  it('takes the beginning of a long vector for the whole', () => {
    const numbers = Array.from({ length: 4096 }, (_, at) => `-0.0${at}`)
    const [long, other] = [`[${numbers.join(', ')}]`, `[${numbers.reverse().join(', ')}]`]
    expect(askFor(shell, specWith(embeddings), 'curl', vectors(long, other)).status).toBe(0)
    expect(askFor(shell, specWith(embeddings), 'curl', vectors(long, long)).status).toBe(1)
  })

  it.each([
    ['what a chat answers', token, token],
    ['the same for everything', '{"data":[{"embedding":[1,2]}]}', '{"data":[{"embedding":[1,2]}]}'],
    ['one vector, longer', '{"data":[{"embedding":[1,2]}]}', '{"data":[{"embedding":[2,4]}]}'],
    ['only zeros', '{"data":[{"embedding":[0.0,0]}]}', '{"data":[{"embedding":[0.0,-0]}]}'],
    ['no numbers', '{"data":[{"embedding":[]}]}', '{"data":[{"embedding":[1]}]}'],
    ['words', '{"data":[{"embedding":["a"]}]}', '{"data":[{"embedding":["b"]}]}'],
    ['null', '{"data":[{"embedding":[null,1]}]}', '{"data":[{"embedding":[null,2]}]}'],
    ['NaN', '{"data":[{"embedding":[NaN,1]}]}', '{"data":[{"embedding":[NaN,2]}]}'],
    ['lists in lists', '{"data":[{"embedding":[[1]]}]}', '{"data":[{"embedding":[[2]]}]}'],
    ['packed numbers', '{"data":[{"embedding":"AACAPw=="}]}', '{"data":[{"embedding":"AAAAQA=="}]}'],
    ['nothing', '', ''],
  ])('is not content with %s for vectors', (_, one, other) => {
    expect(askFor(shell, specWith(embeddings), 'curl', told(one, other)).status).toBe(1)
  })

  it('is not content with what lay in the memory of a server, which is another thing each time', () => {
    const does = `read -r n 2>/dev/null <"$0.n" || n=1
echo $((n + 1)) >"$0.n"
printf '{"data":[{"embedding":[%s,-1e-10,%s]}]}' $((n % 2)) $(((n + 1) % 2))`
    expect(askFor(shell, specWith(embeddings), 'curl', does).status).toBe(1)
  })

  it.each([
    ['jina', (at: number, score: string) => `{"index": ${at}, "relevance_score": ${score}}`, '{"results":[', ']}'],
    [
      'jina',
      (at: number, score: string) => `{"index":${at},"document":{"text":"a"},"relevance_score":${score}}`,
      '{"results":[',
      ']}',
    ],
    [
      'sglang',
      (at: number, score: string) => `{"score":${score},"document":"x","index":${at},"meta_info":{"id":"7"}}`,
      '[',
      ']',
    ],
    ['tei', (at: number, score: string) => `{"index":${at},"text":null,"score":${score}}`, '[', ']'],
  ] as const)(
    'asks three questions in the form of %s, and wants three right answers',
    (rerankForm, item, begin, end) => {
      const spec = specWith({ ...ranking, rerankForm })
      const listed = (scores: readonly string[]) => `${begin}${scores.map((one, at) => item(at, one)).join(',')}${end}`
      const right = [listed(['0.9', '-1.5', '1e-9']), listed(['-7', '-2.5', '-2.6']), listed(['1', '2', '3'])]
      const well = askFor(shell, spec, 'curl', byQuestion(right))
      expect([well.status, well.stderr]).toEqual([0, ''])
      expect(well.asked).toContain(rerankForm === 'tei' ? '"texts":[' : '"documents":[')
      expect(well.asked).toContain(rankedTexts[2])
      // One that ignores the question, one that cannot decide, one without numbers, one short.
      expect(askFor(shell, spec, 'curl', byQuestion([right[0], right[0], right[0]])).status).toBe(1)
      expect(askFor(shell, spec, 'curl', byQuestion([listed(['1', '1', '1']), right[1], right[2]])).status).toBe(1)
      expect(askFor(shell, spec, 'curl', byQuestion([listed(['NaN', '"x"', 'null']), right[1], right[2]])).status).toBe(
        1,
      )
      expect(askFor(shell, spec, 'curl', byQuestion([listed(['3', '2']), right[1], right[2]])).status).toBe(1)
      expect(askFor(shell, spec, 'curl', byQuestion([token, token, token])).status).toBe(1)
    },
  )

  it('is not held by an answer without an end', () => {
    const began = Date.now()
    for (const proof of [embeddings, ranking]) {
      expect(askFor(shell, specWith(proof), 'curl', 'yes \'{"data":[{"index":0\'').status).toBe(1)
    }
    expect(Date.now() - began).toBeLessThan(20_000)
  })
})

const model = { deployment: 'ward-model', hostPort: 8400, readyPath: '/health', modelName: 'm' }
const embeddings: DeploymentProof = { serves: 'openai-embeddings', ...model }
const ranking: Extract<DeploymentProof, { serves: 'rerank' }> = {
  serves: 'rerank',
  ...model,
  rerankPath: '/v1/rerank',
  rerankForm: 'jina',
}

const vectors = (one: string, other: string) =>
  told(
    `{"model":"m","data":[{"object":"embedding","embedding":${one},"index":0}]}`,
    `{"data":[{"embedding": ${other}}]}`,
  )

/** The first answer to the first text, the second to every other. */
function told(one: string, other: string): string {
  return `case "$*" in *Beijing*) printf '%s' '${one}' ;; *) printf '%s' '${other}' ;; esac`
}

function byQuestion([one, two, three]: readonly (string | undefined)[]): string {
  return `case "$*" in *"capital of China?"*) printf '%s' '${one}' ;; *"does water boil?"*) printf '%s' '${two}' ;; *) printf '%s' '${three}' ;; esac`
}
