// An app that keeps its notes in a database that is a part of it: it takes requests only while that answers.
import { createServer } from 'node:http'
import { ask } from './database.mjs'

const { PORT, DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_PASSWORD: password } = process.env
const database = { host, port, password }

const pages = {
  'GET /healthz': async () => 'well',
  'GET /readyz': () => ask(database, 'PING'),
  'GET /': async () =>
    `<html><title>Notes</title><p>${(await ask(database, 'LRANGE', 'notes', '0', '-1')).length}</p></html>`,
  'GET /notes': async () => JSON.stringify(await ask(database, 'LRANGE', 'notes', '0', '-1')),
  'GET /ticks': () => ask(database, 'GET', 'ticks'),
  'POST /notes': (note) => ask(database, 'RPUSH', 'notes', note),
}

createServer(async (request, response) => {
  const page = pages[`${request.method} ${request.url}`]
  let body = ''
  for await (const piece of request) body += piece
  const [status, text] = await (page === undefined
    ? [404, '']
    : page(body).then(
        (said) => [200, said],
        (error) => [503, error.message],
      ))
  response.writeHead(status, { 'content-type': text.startsWith('<') ? 'text/html' : 'text/plain' })
  response.end(text)
}).listen(Number(PORT), '0.0.0.0')
process.on('SIGTERM', () => process.exit(0))
