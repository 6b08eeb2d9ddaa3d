// One command to Redis and its answer, by the protocol of redis.io/docs/latest/develop/reference/protocol-spec: each time
// over a connection of its own, so that a database that was replaced is found again.
import { connect } from 'node:net'

/** Rejects where it does not answer, or refuses. Answers are texts, numbers or lists of texts. */
export function ask({ host, port, password }, ...command) {
  return new Promise((resolve, reject) => {
    let said = ''
    const socket = connect({ host, port: Number(port) })
    socket.setEncoding('utf8').setTimeout(3000, () => socket.destroy(new Error('no answer')))
    socket.on('data', (piece) => {
      said += piece
    })
    socket.on('error', reject)
    socket.on('close', () => {
      const lines = said.split('\r\n')
      if (lines[0] !== '+OK') reject(new Error(lines[0]))
      else if (lines[1]?.startsWith('-')) reject(new Error(lines[1]))
      else resolve(answerIn(lines.slice(1)))
    })
    for (const words of [['AUTH', password], command, ['QUIT']]) socket.write(encoded(words))
  })
}

function encoded(words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}

function answerIn([first = '', ...rest]) {
  if (first.startsWith('*')) return rest.slice(0, Number(first.slice(1)) * 2).filter((_, at) => at % 2 === 1)
  if (first.startsWith('$')) return rest[0] ?? ''
  return first.slice(1)
}
