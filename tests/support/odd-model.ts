// A model on a lab appliance that answers as none should: a little server in front of it, which the console reaches in
// its place. Everything but completions goes on to the model itself.
import { inside, insideWith, type LabAppliance } from './lab.ts'

const frontPort = 18_499

/** `late`: its first token comes after so many milliseconds; otherwise it writes one token again and again. */
const program = `
const http = require('node:http')
const [, , host, port, late] = process.argv
http.createServer((request, response) => {
  const isAnswer = request.url.startsWith('/v1/chat/completions')
  const pass = () => {
    const on = http.request({ host, port, path: request.url, method: request.method, headers: request.headers }, (from) => {
      response.writeHead(from.statusCode, from.headers)
      from.pipe(response)
    })
    on.on('error', () => response.destroy())
    request.pipe(on)
  }
  if (!isAnswer) return pass()
  if (Number(late) > 0) return setTimeout(pass, Number(late))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let at = 0; at < 32; at += 1) response.write('data: {"choices":[{"delta":{"content":"!"}}]}\\n\\n')
  response.end('data: {"choices":[{"delta":{},"finish_reason":"length"}]}\\n\\ndata: [DONE]\\n\\n')
}).listen(${frontPort}, '127.0.0.1')
`

const rule = (port: number) =>
  `OUTPUT -p tcp -d 127.0.0.1 --dport ${port} ! -s 127.0.0.2 -j REDIRECT --to-ports ${frontPort}`

/** The model of a deployment, by the port that it is reached at on the appliance. */
export async function answerOddly(appliance: LabAppliance, service: string, port: number, lateMs = 0): Promise<void> {
  await insideWith(appliance, program, 'sh', '-c', 'cat > /run/odd-model.cjs')
  const address = `docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' rackside-${service}`
  await inside(
    appliance,
    'sh',
    '-c',
    `systemd-run --quiet --unit odd-model node /run/odd-model.cjs $(${address}) 8080 ${lateMs} && sleep 1 && iptables -t nat -I ${rule(port)}`,
  )
}

export async function answerAgain(appliance: LabAppliance, port: number): Promise<void> {
  await inside(appliance, 'sh', '-c', `iptables -t nat -D ${rule(port)}; systemctl stop odd-model`)
}
