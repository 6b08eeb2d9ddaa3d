// Builds the gallery from the real renderer and serves it on the loopback, for whoever photographs or tests it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { pseudoWords } from './pseudo-words.ts'

/** For whoever tests the gallery: the page may load it from beside itself. */
const axeName = 'axe.js'
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const types: { readonly [ending: string]: string } = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

export interface GalleryPage {
  /** Without a query it lists the scenes: names in `data-scenes`. */
  readonly url: string
  close(): void
}

/** `root`: the repository's folder. */
export async function openGalleryPage(root: string): Promise<GalleryPage> {
  const folder = mkdtempSync(join(tmpdir(), 'rackside-gallery-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await buildGallery(root, folder)
    const { server, url } = await serve(folder)
    const close = () => {
      server.close()
      remove()
    }
    return { url, close }
  } catch (error) {
    remove()
    throw error
  }
}

/** Its page is gallery.html. */
export async function buildGallery(root: string, folder: string): Promise<void> {
  await build({
    root: join(root, 'tests/ui/gallery'),
    configFile: false,
    envDir: false,
    publicDir: false,
    cacheDir: join(root, 'node_modules/.cache/vite-gallery'),
    logLevel: 'warn',
    plugins: [pseudoWords(root), react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      chunkSizeWarningLimit: 9000,
      rollupOptions: { input: join(root, 'tests/ui/gallery/gallery.html') },
    },
  })
}

function serve(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://gallery').pathname.slice(1)
    const file = name === axeName ? axeFile : join(folder, name)
    if (name.includes('..') || !existsSync(file)) return void response.writeHead(404).end()
    // Scene after scene is the same page: a browser that may keep it compiles its scripts once.
    response.setHeader('cache-control', 'max-age=3600')
    response.setHeader('content-type', types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    response.end(readFileSync(file))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const place = server.address()
      const port = typeof place === 'object' && place !== null ? place.port : 0
      resolve({ server, url: `http://127.0.0.1:${port}/gallery.html` })
    })
  })
}
