// An image from a Docker engine on this computer, as `docker save` writes it, over the engine's own socket.
import { createWriteStream } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'

export const usualSocket = process.platform === 'win32' ? String.raw`\\.\pipe\docker_engine` : '/var/run/docker.sock'

/** Throws with what went wrong. */
export async function saveImage(socketPath: string, image: string, file: string): Promise<void> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ socketPath, path: `/images/${encodeURIComponent(image)}/get` }, resolve).once('error', reject)
  })
  if (answer.statusCode !== 200) {
    answer.resume()
    throw new Error(
      answer.statusCode === 404 ? 'the engine has no such image' : `the engine answers ${answer.statusCode}`,
    )
  }
  await pipeline(answer, createWriteStream(file, { mode: 0o600 }))
}
