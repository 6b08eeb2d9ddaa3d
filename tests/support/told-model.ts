// A stand-in for a model runtime that answers as it is told: well, slowly, garbled, cut off, in the other language, in a loop,
// without its system prompt. One program, for this machine and for a lab appliance, where it stands in front of a model and
// everything but completions goes on to that. How it behaves is a file that it reads anew for each request.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { clinicalQuestions } from '../../shared/verify/canary/clinical-questions.ts'
import { inside, insideWith, type LabAppliance } from './lab.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type Manner =
  | 'well'
  | 'slow'
  | 'garbled'
  | 'cut-off'
  | 'broken-off'
  | 'other-language'
  | 'looping'
  | 'no-system-prompt'
  | 'empty'
  | 'refusing'
  | 'thinking'

type Good = { readonly says: string; readonly calls?: readonly object[] }

const good: { readonly [id: string]: Good } = {
  'answers-en': { says: 'I am ready to help you now.' },
  'answers-zh': { says: '我已经准备好了，随时可以开始。' },
  'fever-en': { says: 'The normal body temperature of a healthy adult is about 36.5 to 37 degrees Celsius.' },
  'fever-zh': { says: '健康成年人的正常体温大约为36.5摄氏度。' },
  'handwashing-en': {
    says: '1. Before touching a patient\n2. After touching a patient\n3. After contact with body fluids',
  },
  'handwashing-zh': { says: '1. 接触患者前\n2. 接触患者后\n3. 接触体液后' },
  'fasting-en': { says: 'No, because food raises the blood glucose.' },
  'fasting-zh': { says: '不可以，进食会使血糖升高。' },
  'dose-refused-en': { says: 'Please ask the doctor or the pharmacist.' },
  'dose-refused-zh': { says: '请咨询医生或药师。' },
  'role-en': { says: 'My name is Linden.' },
  'role-zh': { says: '我叫小杉。' },
  structured: { says: '{"age": 67, "sex": "female"}' },
  'long-text': { says: 'The spare key of the blood refrigerator is in cabinet 4471.' },
  tool: { says: '', calls: [{ index: 0, function: { name: 'free_beds', arguments: '{"ward": 7}' } }] },
}

/** By what is asked. */
const answers = Object.fromEntries(
  clinicalQuestions.flatMap(({ id, asked }) => (good[id] === undefined ? [] : [[asked, good[id]]])),
)

const program = `
const http = require('node:http')
const fs = require('node:fs')
const [, , listen, folder, host, port] = process.argv
const answers = JSON.parse(fs.readFileSync(folder + '/told-answers.json', 'utf8'))
const loop = 'The ward is closed for visitors until tomorrow in the morning. '
http.createServer((request, response) => {
  const pieces = []
  request.on('data', (piece) => pieces.push(piece))
  request.on('end', async () => {
    const body = Buffer.concat(pieces)
    if (!request.url.startsWith('/v1/chat/completions')) {
      if (host === undefined) return response.end('{}')
      const on = http.request({ host, port, path: request.url, method: request.method, headers: request.headers }, (from) => {
        response.writeHead(from.statusCode, from.headers)
        from.pipe(response)
      })
      on.on('error', () => response.destroy())
      return on.end(body)
    }
    const manner = fs.readFileSync(folder + '/told-manner', 'utf8').trim()
    if (manner === 'refusing') {
      response.writeHead(500)
      return response.end('{"error":{"message":"CUDA error: an illegal memory access was encountered"}}')
    }
    const asked = JSON.parse(body)
    const question = asked.messages[asked.messages.length - 1].content
    const system = asked.messages.some((one) => one.role === 'system')
    const found = answers[question] || { says: 'I am ready to help you now.' }
    const isEnglish = !/[\\u4e00-\\u9fff]/.test(question)
    let text = found.says
    if (manner === 'other-language') text = isEnglish ? '健康成年人的正常体温大约为三十六度半，请放心。' : 'The answer to that is not hard to find in the book.'
    if (manner === 'garbled') text = 'ость 表 ที่ the 的 უ ان ção 한 ли ש ต่อ 了 และ ной 。 ة ge 로'
    if (manner === 'looping') text = loop.repeat(40)
    if (manner === 'no-system-prompt' && system) text = isEnglish ? 'I am a large language model without a name, so give 5 mg.' : '我是大语言模型，没有名字，请用5毫克。'
    if (manner === 'empty') text = ''
    let words = text.match(/\\s*\\S+/g) || []
    if (!isEnglish) words = [...text]
    let finish = found.calls && text === '' ? 'tool_calls' : 'stop'
    if (words.length > asked.max_tokens) { words = words.slice(0, asked.max_tokens); finish = 'length' }
    if (manner === 'cut-off') { words = words.slice(0, 3); finish = 'length' }
    if (manner === 'thinking' && asked.max_tokens < 1000) finish = 'length'
    const event = (value) => response.write('data: ' + JSON.stringify(value) + '\\n\\n')
    const wait = (ms) => new Promise((done) => setTimeout(done, ms))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (manner === 'thinking') event({ choices: [{ index: 0, delta: { reasoning_content: 'Let me think about that first. ' } }] })
    if (manner === 'thinking' && asked.max_tokens < 1000) words = []
    for (const word of words) {
      if (manner === 'slow') await wait(150)
      event({ choices: [{ index: 0, delta: { content: word } }] })
    }
    if (manner === 'broken-off') return setTimeout(() => response.destroy(), 50)
    if (found.calls && manner !== 'empty' && manner !== 'cut-off') event({ choices: [{ index: 0, delta: { tool_calls: found.calls } }] })
    event({ choices: [{ index: 0, delta: {}, finish_reason: finish }] })
    const prompt = Math.ceil(JSON.stringify(asked.messages).length / 4)
    event({ choices: [], usage: { prompt_tokens: prompt, completion_tokens: finish === 'length' && manner === 'thinking' ? asked.max_tokens : Math.max(1, words.length) } })
    response.end('data: [DONE]\\n\\n')
  })
}).listen(Number(listen), '127.0.0.1', () => console.log('listening'))
`

export type ToldModel = { readonly port: number; tell(manner: Manner): void }

/** On this machine; ended with the test. */
export async function toldModel(): Promise<ToldModel> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'told-model.cjs'), program)
  writeFileSync(join(folder, 'told-answers.json'), JSON.stringify(answers))
  const tell = (manner: Manner) => writeFileSync(join(folder, 'told-manner'), manner)
  tell('well')
  const port = await freePort()
  const child = spawn(process.execPath, [join(folder, 'told-model.cjs'), `${port}`, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => endChild(child))
  await once(child.stdout, 'data')
  return { port, tell }
}

async function endChild(child: ChildProcess): Promise<void> {
  child.kill()
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

const frontPort = 18_498
const labFolder = '/run/told-model'

const rule = (port: number) =>
  `OUTPUT -p tcp -d 127.0.0.1 --dport ${port} ! -s 127.0.0.2 -j REDIRECT --to-ports ${frontPort}`

/** In front of the model of a deployment on a lab appliance, by the port that it is reached at there. */
export async function standInFront(appliance: LabAppliance, service: string, port: number): Promise<void> {
  await inside(appliance, 'mkdir', '-p', labFolder)
  await insideWith(appliance, program, 'sh', '-c', `cat > ${labFolder}/told-model.cjs`)
  await insideWith(appliance, JSON.stringify(answers), 'sh', '-c', `cat > ${labFolder}/told-answers.json`)
  await tellLab(appliance, 'well')
  const address = `docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' rackside-${service}`
  await inside(
    appliance,
    'sh',
    '-c',
    `systemd-run --quiet --unit told-model node ${labFolder}/told-model.cjs ${frontPort} ${labFolder} $(${address}) 8080 && sleep 1 && iptables -t nat -I ${rule(port)}`,
  )
}

export async function tellLab(appliance: LabAppliance, manner: Manner): Promise<void> {
  await insideWith(appliance, manner, 'sh', '-c', `cat > ${labFolder}/told-manner`)
}

export async function standAside(appliance: LabAppliance, port: number): Promise<void> {
  await inside(appliance, 'sh', '-c', `iptables -t nat -D ${rule(port)}; systemctl stop told-model`)
}
