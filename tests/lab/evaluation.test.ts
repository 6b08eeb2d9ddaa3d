// An evaluation on a real server and a real llama.cpp. Its model has random weights, so a second llama-server with the same
// weights takes its place that may say nothing but a letter; a program of its own asks it the same, and counts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EvaluationRecord, EvaluationResult } from '../../shared/domain/evaluation.ts'
import { questionText } from '../../shared/verify/evaluation/item-question.ts'
import { readSet } from '../../shared/verify/evaluation/read-set.ts'
import {
  artifactsFolder,
  bareAppliance,
  canRunLab,
  inside,
  insideWith,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { repositoryRoot } from '../support/repository-files.ts'

const [deployment, modelPort, letterPort] = ['clinic-model', 8400, 18_499]
const file = join(repositoryRoot, 'resources', 'evaluation', 'smoke.json')
const published: readonly { readonly answer: string }[] = JSON.parse(readFileSync(file, 'utf8'))

/** Asks one question after the other, unstreamed, and prints what is said. */
const otherClient = `
const questions = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
const ask = async (content) => {
  const body = JSON.stringify({ messages: [{ role: 'user', content }], max_tokens: 8, temperature: 0 })
  const address = 'http://127.0.0.1:${letterPort}/v1/chat/completions'
  const answer = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  return (await answer.json()).choices[0].message.content
}
const all = async () => {
  const said = []
  for (const one of questions) said.push(await ask(one))
  console.log(JSON.stringify(said))
}
all()
`

describe('an evaluation of a real server', () => {
  let appliance: LabAppliance
  const console = new TestConsole()

  const evaluate = (...words: string[]) => {
    const { user, address, port, identityFile, hostKeyFingerprint } = appliance
    const login = ['--identity', identityFile, '--fingerprint', hostKeyFingerprint, '--json']
    return console.startWords('evaluate', `ssh://${user}@${address}:${port}`, deployment, ...words, ...login).ended
  }

  beforeAll(async () => {
    if (!canRunLab) return
    const artifacts = await artifactsFolder()
    appliance = await bareAppliance()
    const { code, errors } = await console.setup(appliance, artifacts, '--soak', '1').ended
    if (code !== 0) throw new Error(errors)
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => console.remove())

  it('asks its model what it is made of, and reads nothing into text that is none', async () => {
    const { json, errors } = await evaluate('--limit', '3', '--output', '16')
    const { subject, score } = json['evaluation'] as EvaluationResult
    const weights = await inside(appliance, 'sh', '-c', weightsOfModel)
    expect(subject.weights, errors).toBe(weights.trim().replace(/.*sha256-/, ''))
    expect(score).toMatchObject({ asked: 3, failed: 0 })
  })

  it('has the score that somebody else counts, letter by letter', { timeout: 900_000 }, async () => {
    await inside(appliance, 'sh', '-c', letterServer)
    const { code, json, errors } = await evaluate('--concurrency', '1', '--limit', '16')
    expect(code, errors).toBe(0)
    const { score, set: head } = json['evaluation'] as EvaluationResult
    const records = json['records'] as EvaluationRecord[]
    expect(head).toMatchObject({ builtIn: true, items: 50 })

    const set = readSet(readFileSync(file, 'utf8'))
    if (!set.ok) throw new Error(set.problem)
    const texts = set.items.map(questionText)
    const questions = JSON.stringify(records.map(({ item }) => texts[item]))
    const said: string[] = JSON.parse(await insideWith(appliance, questions, 'node', '-e', otherClient))
    expect(records.map(({ chosen }) => chosen)).toEqual(said)
    const counted = records.filter(({ item }, at) => said[at] === published[item]?.answer).length
    expect(score).toMatchObject({ asked: 16, failed: 0, unreadable: 0, right: counted })
    expect(counted).toBeGreaterThan(0)
    expect(counted).toBeLessThan(16)
  })
})

const weightsOfModel = `docker inspect --format '{{range .Mounts}}{{println .Source}}{{end}}' rackside-${deployment} | grep sha256-`

/** In the place of the model at its port. */
const letterServer = `set -e
systemd-run --quiet --unit letters llama-server -m "$(${weightsOfModel})" --host 127.0.0.1 --port ${letterPort} \\
  --chat-template chatml -c 4096 --parallel 1 --metrics --grammar 'root ::= [A-D]'
for second in $(seq 60); do curl -fs http://127.0.0.1:${letterPort}/health >/dev/null && break; sleep 1; done
iptables -t nat -I OUTPUT -p tcp -d 127.0.0.1 --dport ${modelPort} -j REDIRECT --to-ports ${letterPort}
`
