// What stands in for vLLM in the lab: it takes a folder of safetensors, reads every byte of every file that is in it or in
// the model's index, as whoever the image runs it, and only then answers as such a server does. Its text has no meaning.
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'

const [folder = '', modelName = '', port = ''] = process.argv.slice(2)
const piece = Buffer.alloc(1024 * 1024)

function bytesOf(file) {
  const descriptor = openSync(file, 'r')
  let bytes = 0
  for (let read = -1; read !== 0; bytes += read) read = readSync(descriptor, piece, 0, piece.length, null)
  closeSync(descriptor)
  return bytes
}

function readModel() {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((one) => !one.isDirectory()).map((one) => join(one.parentPath, one.name))
  const files = Object.fromEntries(paths.sort().map((path) => [path.slice(folder.length + 1), bytesOf(path)]))
  const { weight_map: map } = JSON.parse(readFileSync(join(folder, 'model.safetensors.index.json'), 'utf8'))
  const missing = Object.values(map).find((name) => !(name in files))
  if (missing !== undefined) throw new Error(`${missing} is in the index and not in ${folder}`)
  const { model_type: type } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
  return { user: process.getuid(), type, files }
}

const model = readModel()
let spoken = 0

function answer(response, type, body) {
  response.writeHead(200, { 'content-type': type })
  response.end(body)
}

const json = (response, value) => answer(response, 'application/json', JSON.stringify(value))

function completion(response, { stream, max_tokens: most = 16 }) {
  const words = Array.from({ length: Math.min(most, 16) }, (_, at) => `word${at} `)
  spoken += words.length
  const base = { id: 'chatcmpl-1', created: 0, model: modelName }
  const usage = { prompt_tokens: 1, completion_tokens: words.length, total_tokens: 1 + words.length }
  if (!stream) {
    const message = { role: 'assistant', content: words.join('') }
    json(response, {
      ...base,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    })
    return
  }
  const chunk = (choice) =>
    `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', choices: [choice] })}\n\n`
  const said = words.map((content) => chunk({ index: 0, delta: { content }, finish_reason: null }))
  const last = chunk({ index: 0, delta: {}, finish_reason: 'stop' })
  answer(response, 'text/event-stream', `${said.join('')}${last}data: [DONE]\n\n`)
}

const metrics = () => `vllm:num_requests_running{model_name="${modelName}"} 0
vllm:num_requests_waiting{model_name="${modelName}"} 0
vllm:generation_tokens_total{model_name="${modelName}"} ${spoken}
`

const pages = {
  'GET /health': (response) => answer(response, 'text/plain', ''),
  'GET /v1/models': (response) => json(response, { object: 'list', data: [{ id: modelName, object: 'model' }] }),
  'GET /metrics': (response) => answer(response, 'text/plain', metrics()),
  'GET /files': (response) => json(response, model),
  'POST /v1/chat/completions': (response, body) => completion(response, JSON.parse(body)),
}

createServer(async (request, response) => {
  const page = pages[`${request.method} ${request.url}`]
  let body = ''
  for await (const part of request) body += part
  if (page !== undefined) return page(response, body)
  response.writeHead(404)
  response.end()
}).listen(Number(port), '0.0.0.0')
process.on('SIGTERM', () => process.exit(0))
