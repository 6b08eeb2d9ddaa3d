// A mail server that takes everything and writes it down: plain, by STARTTLS or by TLS from the first byte.
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import type { TestCertificate } from './test-certificate.ts'

export type Mail = { readonly from: string; readonly to: string[]; readonly data: string; readonly isTls: boolean }
export type MailReceiver = {
  readonly port: number
  readonly mails: Mail[]
  /** Commands in order, without the mails. */
  readonly lines: string[]
  close(): Promise<void>
}

type Manner = {
  readonly certificate?: TestCertificate | undefined
  readonly byTls?: boolean
  readonly refuses?: string
}

export function receiveMail({ certificate, byTls = false, refuses }: Manner = {}): Promise<MailReceiver> {
  const mails: Mail[] = []
  const lines: string[] = []
  const sockets = new Set<Socket>()
  const talk = (socket: Socket, isTls: boolean, greets: boolean) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let mail = { from: '', to: [] as string[] }
    let data: string | undefined
    let rest = ''
    const say = (text: string) => socket.write(`${text}\r\n`)
    if (greets) say('220 receiver')
    const onData = (chunk: Buffer) => {
      rest += chunk.toString('latin1')
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end)
        rest = rest.slice(end + 2)
        if (data !== undefined) {
          if (line === '.') {
            mails.push({ ...mail, data, isTls })
            data = undefined
            say('250 taken')
          } else data += `${line.replace(/^\./, '')}\n`
          continue
        }
        lines.push(line)
        if (refuses !== undefined && line.startsWith(refuses)) say('550 no: hunter2 and https://ward')
        else if (line.startsWith('EHLO')) {
          const offers = isTls ? ['250-AUTH PLAIN'] : certificate === undefined ? [] : ['250-STARTTLS']
          for (const one of ['250-receiver', ...offers, '250 8BITMIME']) say(one)
        } else if (line === 'STARTTLS' && certificate !== undefined) {
          say('220 go on')
          socket.off('data', onData)
          talk(new TLSSocket(socket, { isServer: true, ...certificate }), true, false)
        } else if (line.startsWith('AUTH')) say('235 welcome')
        else if (line.startsWith('MAIL')) {
          mail = { from: line, to: [] }
          say('250 ok')
        } else if (line.startsWith('RCPT')) {
          mail.to.push(line)
          say('250 ok')
        } else if (line === 'DATA') {
          data = ''
          say('354 go on')
        } else say(line === 'QUIT' ? '221 bye' : '250 ok')
      }
    }
    socket.on('data', onData)
  }
  const server =
    byTls && certificate !== undefined
      ? createTlsServer(certificate, (socket) => talk(socket, true, true))
      : createServer((socket) => talk(socket, false, true))
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      const close = () =>
        new Promise<void>((done) => {
          for (const socket of sockets) socket.destroy()
          server.close(() => done())
        })
      resolve({ port, mails, lines, close })
    })
  })
}
